import { expect, test } from 'vitest';
import { EACH_WORDS, IoLog, type IoLogSpec } from '../../../src/measure/io-log.ts';

const SPEC: IoLogSpec = {
  each: true,
  windowsNs: [],
  histogramNs: null,
  issued: false,
  submission: true,
  directions: 3,
};

const SLOTS = {
  direction: Uint8Array.of(0, 2),
  file: Uint16Array.of(0, 1),
  offsetBytes: Float64Array.of(4096, 8192),
  lengthBytes: Float64Array.of(512, 1024),
  destOffsetBytes: Float64Array.of(0, 65_536),
  startNs: Float64Array.of(1010, 1020),
  issuedNs: Float64Array.of(1012, 1023),
};

function logged(spec: Partial<IoLogSpec>) {
  const log = new IoLog({ ...SPEC, ...spec }, SLOTS, () => {
    throw new Error('nothing is handed on here');
  });
  log.begin(1000);
  for (const [slot, endNs] of [
    [1, 1050],
    [0, 1060],
  ] as const) {
    log.endNs = endNs;
    log.bytes = 512;
    log.ended(slot);
  }
  return log.finish(1060);
}

test('each I/O: start, issued, end, direction, bytes and offset, since measured time began', () => {
  const { originNs, streams } = logged({});
  expect(originNs).toBe(1000);
  expect(streams).toEqual([
    {
      kind: 'each',
      windowNs: 0,
      spilled: 0,
      rest: Float64Array.of(20, 23, 50, 2, 512, 8192, 10, 12, 60, 0, 512, 4096),
    },
  ]);
});

test('without a moment of submission it is that of the issue', () => {
  const [each] = logged({ submission: false }).streams;
  expect([...(each?.rest ?? [])].slice(0, 3)).toEqual([20, 20, 50]);
});

test('streams come in the order each, windows, histograms', () => {
  const { streams } = logged({ windowsNs: [100, 10], histogramNs: 1000 });
  expect(streams.map(({ kind, windowNs }) => [kind, windowNs])).toEqual([
    ['each', 0],
    ['window', 100],
    ['window', 10],
    ['histogram', 1000],
  ]);
  expect(logged({ each: false, windowsNs: [50] }).streams.map(({ kind }) => kind)).toEqual([
    'window',
  ]);
});

test('what is issued, from the start of the job on: also in its ramp', () => {
  const log = new IoLog({ ...SPEC, each: false, issued: true }, SLOTS, () => {
    throw new Error('nothing is handed on here');
  });
  log.begin(1000);
  log.issued(1);
  log.begin(1015);
  log.issued(0);
  const [stream] = log.finish(1060).streams;
  expect(stream).toEqual({
    kind: 'issued',
    windowNs: 0,
    spilled: 0,
    // Start, direction, file, offset, length, destination.
    rest: Float64Array.of(20, 2, 1, 8192, 1024, 65_536, 10, 0, 0, 4096, 512, 0),
  });
});

test('a stream that is full hands its chunks on, with its number', () => {
  const spilled: number[] = [];
  const log = new IoLog({ ...SPEC, windowsNs: [1e9] }, SLOTS, (stream, words) => {
    expect(words.length % EACH_WORDS).toBe(0);
    spilled.push(stream);
  });
  log.begin(1000);
  for (let io = 0; io < 20_000; io += 1) {
    log.endNs = 1060;
    log.ended(0);
  }
  const [each, windows] = log.finish(1060).streams;
  expect(spilled).toEqual(Array.from({ length: each?.spilled ?? 0 }, () => 0));
  expect(spilled.length).toBeGreaterThan(1);
  expect(windows?.spilled).toBe(0);
});
