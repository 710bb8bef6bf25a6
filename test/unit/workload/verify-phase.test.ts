import { expect, test } from 'vitest';
import { IoLog } from '../../../src/measure/io-log.ts';
import { READ, WRITE } from '../../../src/workload/slots.ts';
import type { WorkloadSpec } from '../../../src/workload/spec.ts';
import type { VerifySpec } from '../../../src/workload/verify-spec.ts';
import { DONE, ISSUE, LATER, VERIFY, WAIT, type Workload } from '../../../src/workload/workload.ts';
import { aWorkload } from '../../support/workload-spec.ts';

const PHASE: VerifySpec = {
  phase: true,
  backlog: 0,
  batch: 0,
  only: false,
  unitBytes: 4096,
  sorts: false,
};

function verifying(changes: Partial<WorkloadSpec> = {}, verify: Partial<VerifySpec> = {}) {
  const verification = { ...PHASE, ...verify };
  return aWorkload({ access: 'write', sizeBytes: 16_384, verification, ...changes });
}

/** At depth 1, each I/O taking 1000 ns, a phase beginning 500 ns late: `w0 w1 | r0 r1`. */
function told(workload: Workload, limit = 200): string {
  const { slots } = workload;
  const words: string[] = [];
  let nowNs = 0;
  workload.begin(0);
  for (;;) {
    const verdict = workload.next(0, nowNs);
    if (verdict === VERIFY) {
      words.push('|');
      nowNs += 500;
      workload.readBack(nowNs);
      continue;
    }
    if (verdict !== ISSUE) break;
    workload.issued(0, nowNs);
    const letter = slots.direction[0] === READ ? 'r' : 'w';
    const checked = workload.verification?.isToBeChecked(0) === true;
    words.push(`${checked ? letter.toUpperCase() : letter}${(slots.offsetBytes[0] ?? 0) / 4096}`);
    nowNs += 1000;
    workload.complete(0, nowNs, slots.lengthBytes[0] ?? 0, false);
    if (words.length > limit) throw new Error('without end');
  }
  return words.join(' ');
}

test('what was written is read back behind the writes, in their order', () => {
  expect(told(verifying())).toBe('w0 w1 w2 w3 | R0 R1 R2 R3');
});

test('behind each loop', () => {
  expect(told(verifying({ loops: 2, sizeBytes: 8192, ioSizeBytes: 8192 }))).toBe(
    'w0 w1 | R0 R1 w0 w1 | R0 R1',
  );
});

test('number_ios counts the writes alone', () => {
  expect(told(verifying({ numberIos: 2 }))).toBe('w0 w1 | R0 R1');
});

test('a backlog is read back among the writes, in batches, and the rest behind them', () => {
  expect(told(verifying({}, { backlog: 2, batch: 2 }))).toBe('w0 w1 R0 R1 w2 w3 | R2 R3');
  expect(told(verifying({ sizeBytes: 20_480 }, { backlog: 3, batch: 1 }))).toBe(
    'w0 w1 w2 R0 w3 R1 w4 | R2 R3 R4',
  );
  expect(told(verifying({}, { backlog: 2, batch: 3 }))).toBe('w0 w1 R0 R1 w2 R2 w3 | R3');
});

test('by offset, where blocks may come twice', () => {
  const random = { random: true, norandommap: true, ioSizeBytes: 65_536 };
  const words =
    told(verifying(random, { sorts: true }))
      .split(' | ')[1]
      ?.split(' ') ?? [];
  expect(words).toEqual([...words].sort());
  expect(new Set(words).size).toBe(words.length);
});

test('a job by time has no phase, and its backlog goes on', () => {
  const timed = { timeBased: true, runtimeNs: 8000 };
  expect(told(verifying(timed))).toBe('w0 w1 w2 w3 w0 w1 w2 w3');
  expect(told(verifying(timed, { backlog: 1, batch: 1 }))).toBe('w0 R0 w1 R1 w2 R2 w3 R3');
});

test('a job that its runtime ends is read back no further; of a phase too', () => {
  expect(told(verifying({ runtimeNs: 3000 }))).toBe('w0 w1 w2');
  expect(told(verifying({ runtimeNs: 6000 }))).toBe('w0 w1 w2 w3 | R0 R1');
  const loops = { loops: 3, sizeBytes: 8192, ioSizeBytes: 8192 };
  expect(told(verifying({ ...loops, runtimeNs: 5000 }))).toBe('w0 w1 | R0 R1 w0');
  expect(told(verifying({ ...loops, runtimeNs: 50_000 })).split(' | ')).toHaveLength(4);
});

test('all reads of a job of reads are looked at, those of a mix are not', () => {
  const none = { phase: false };
  expect(told(verifying({ access: 'read' }, none))).toBe('R0 R1 R2 R3');
  const mix = told(verifying({ access: 'mixed', readPercent: 50 })).split(' | ');
  expect(mix[0]).not.toContain('R');
  expect(mix[1]?.split(' ').length).toBe(mix[0]?.split(' ').filter((w) => w[0] === 'w').length);
});

test('verify_only reads where it would write', () => {
  const workload = verifying({}, { only: true, phase: false });
  expect(told(workload)).toBe('R0 R1 R2 R3');
  expect(workload.recorder.measurements[WRITE]).toBe(null);
  expect(workload.measurement(READ).ios).toBe(4);
});

test('writes and reads have times of their own, and the sync between them is of neither', () => {
  const workload = verifying({ loops: 2, sizeBytes: 8192, ioSizeBytes: 8192 });
  told(workload);
  // 0 … 2000 writes, 2500 … 4500 reads, 4500 … 6500 writes, 7000 … 9000 reads
  expect(workload.span(WRITE)).toEqual({ fromNs: 0, toNs: 4000 });
  expect(workload.span(READ)).toEqual({ fromNs: 2500, toNs: 6500 });
  expect(workload.measurement(READ).series.data.originNs).toBe(2500);
});

test('reads among the writes have the time of all', () => {
  const workload = verifying({}, { backlog: 2, batch: 2 });
  told(workload);
  expect(workload.span(READ)).toEqual({ fromNs: 0, toNs: 8500 });
  expect(workload.span(WRITE)).toEqual({ fromNs: 0, toNs: 6000 });
});

test('at depth the phase waits for the last write', () => {
  const workload = verifying({ depth: 2, sizeBytes: 8192 });
  workload.begin(0);
  expect([workload.next(0, 0), workload.next(1, 0)]).toEqual([ISSUE, ISSUE]);
  workload.complete(0, 100, 4096, false);
  expect(workload.next(0, 100)).toBe(WAIT);
  workload.complete(1, 200, 4096, false);
  expect(workload.next(0, 200)).toBe(VERIFY);
  workload.readBack(200);
  expect([workload.next(0, 200), workload.next(1, 200)]).toEqual([ISSUE, ISSUE]);
  workload.complete(0, 300, 4096, false);
  expect(workload.next(0, 300)).toBe(WAIT);
  workload.complete(1, 400, 4096, false);
  expect(workload.next(0, 400)).toBe(DONE);
});

test('reading back is half of what is done', () => {
  const workload = verifying({ sizeBytes: 8192 });
  const shares: number[] = [];
  workload.begin(0);
  for (let verdict = workload.next(0, 0); verdict !== DONE; verdict = workload.next(0, 0)) {
    if (verdict === VERIFY) workload.readBack(0);
    else workload.complete(0, 0, 4096, false);
    shares.push(workload.share(0));
  }
  expect(shares).toEqual([0.25, 0.5, 0.5, 0.75, 1]);
});

test('a job that was stopped reads nothing back', () => {
  const workload = verifying({ sizeBytes: 8192 });
  workload.begin(0);
  workload.next(0, 0);
  workload.complete(0, 100, 4096, false);
  workload.stop();
  expect(workload.next(0, 100)).toBe(DONE);
});

const NONE = { read: null, write: null, trim: null, copy: null };
const PACE = { countsIos: true, process: 'linear', ignoresThinkTime: false } as const;
const TWO_LOOPS = { loops: 2, sizeBytes: 16_384, ioSizeBytes: 16_384 };

/** At depth 1, each write taking 100 ns and each read 5000: when each write starts. */
function writeStarts(workload: Workload): number[] {
  const started: number[] = [];
  let nowNs = 0;
  workload.begin(0);
  for (;;) {
    const verdict = workload.next(0, nowNs);
    if (verdict === DONE) return started;
    if (verdict === VERIFY) workload.readBack(nowNs);
    else if (verdict === LATER) nowNs = workload.wakeNs;
    else {
      const reads = workload.slots.direction[0] === READ;
      if (!reads) started.push(nowNs);
      nowNs += reads ? 5000 : 100;
      workload.complete(0, nowNs, 4096, false);
    }
  }
}

test('a rate stands still in a phase: nothing is caught up, and nothing was meant to start', () => {
  const pace = { ...PACE, rates: { ...NONE, write: 1e6 }, think: null };
  const workload = verifying({ ...TWO_LOOPS, pace });
  // The last write before the phase ends at 3100, and 4 reads take 20000.
  expect(writeStarts(workload)).toEqual([0, 1000, 2000, 3000, 24_000, 25_000, 26_000, 27_000]);
  expect(workload.measurement(WRITE).intended.maxNs).toBe(100);
});

test('the time between pauses stands still in a phase', () => {
  const think = {
    pauseNs: 50,
    spinNs: 0,
    blocks: null,
    counts: 'complete',
    ioTimeNs: 600,
  } as const;
  const workload = verifying({ ...TWO_LOOPS, pace: { ...PACE, rates: NONE, think } });
  // 400 ns of writes before the phase, and 200 behind it.
  expect(writeStarts(workload)).toEqual([0, 100, 200, 300, 20_400, 20_500, 20_650, 20_750]);
});

test('a phase is no time of a minimum rate of writes', () => {
  const second = 1e9;
  const slow = { perSecond: 2, countsIos: true, cycleNs: second };
  const ends = {
    maxLatencyNs: { read: Infinity, write: Infinity, trim: Infinity, copy: Infinity },
    minimumRates: { ...NONE, write: slow },
    latencyTarget: null,
    steadyState: null,
  };
  const failure = (writeNs: number) => {
    const workload = verifying({ ...TWO_LOOPS, loops: 4, ends });
    let nowNs = 0;
    workload.begin(0);
    for (;;) {
      const verdict = workload.next(0, nowNs);
      if (verdict === DONE) return workload.ends?.failure;
      if (verdict === VERIFY) workload.readBack(nowNs);
      else {
        nowNs += workload.slots.direction[0] === READ ? 5 * second : writeNs;
        workload.complete(0, nowNs, 4096, false);
      }
    }
  };
  expect(failure(0.4 * second)).toBe(null);
  expect(failure(0.6 * second)).toContain('rate_iops_min=2 was not kept: 1 I/Os a second of write');
});

test('what verify_only reads is logged as a read', () => {
  const workload = verifying({}, { only: true, phase: false });
  const logged: number[] = [];
  const log = new IoLog(
    { each: true, windowsNs: [], histogramNs: null, issued: true, submission: true, directions: 4 },
    workload.slots,
    () => {},
  );
  log.issued = (slot) => logged.push(workload.slots.direction[slot] ?? -1);
  workload.recorder.log = log;
  told(workload);
  expect(logged).toEqual([READ, READ, READ, READ]);
});

test('serialize_overlap: a write waits for the read-back of its block, which is then checked', () => {
  const changes = { depth: 2, sizeBytes: 4096, ioSizeBytes: 8192, serializeOverlap: [false] };
  const workload = verifying(changes, { backlog: 1, batch: 1 });
  workload.begin(0);
  expect(workload.next(0, 0)).toBe(ISSUE);
  workload.complete(0, 100, 4096, false);
  expect([workload.next(0, 100), workload.slots.direction[0]]).toEqual([ISSUE, READ]);
  expect(workload.next(1, 100)).toBe(WAIT);
  expect(workload.verification?.isToBeChecked(0)).toBe(true);
  workload.complete(0, 200, 4096, false);
  expect([workload.next(1, 200), workload.slots.direction[1]]).toEqual([ISSUE, WRITE]);
});
