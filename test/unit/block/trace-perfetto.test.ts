import { expect, test } from 'vitest';
import type { TraceEvent } from '../../../src/block/trace.ts';
import { formatTracePerfetto } from '../../../src/block/trace-perfetto.ts';

const READ: TraceEvent = {
  atNs: 0,
  action: 'Q',
  device: 'nvme0',
  cpu: 0,
  bio: 1,
  operation: 'read',
  sector: 0,
  sizeSectors: 8,
  note: '',
};

interface Parsed {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
  readonly args: Readonly<Record<string, unknown>>;
}

function parsed(events: readonly TraceEvent[]): readonly Parsed[] {
  const document: { traceEvents: Parsed[] } = JSON.parse([...formatTracePerfetto(events)].join(''));
  return document.traceEvents;
}

function slices(events: readonly TraceEvent[]): readonly Parsed[] {
  return parsed(events).filter(({ ph }) => ph === 'X');
}

function issued(bio: number, atNs: number, tag: number): TraceEvent {
  return { ...READ, action: 'D', bio, atNs, note: `tag 0.${tag}` };
}

function completed(bio: number, atNs: number): TraceEvent {
  return { ...READ, action: 'C', bio, atNs, note: 'OK' };
}

test('an empty trace is a document that opens', () => {
  expect(parsed([])).toEqual([]);
});

test('a request is a slice from D to C, in microseconds', () => {
  expect(slices([READ, issued(1, 1_500, 0), completed(1, 4_000)])).toMatchObject([
    { name: 'read', ts: 1.5, dur: 2.5, args: { outcome: 'OK', issued: 'tag 0.0', sector: 0 } },
  ]);
});

test('requests in flight together lie on lanes of their own, and lanes are used again', () => {
  const lanes = slices([
    issued(1, 0, 0),
    issued(2, 10, 1),
    completed(1, 20),
    issued(3, 30, 0),
    completed(2, 40),
    completed(3, 50),
  ]).map(({ tid, args }) => [args['bios'], tid]);
  expect(lanes).toEqual([
    ['1', 1],
    ['2', 2],
    ['3', 1],
  ]);
});

test('the bios of one request are one slice', () => {
  const all = slices([issued(1, 0, 5), issued(2, 0, 5), completed(1, 9), completed(2, 9)]);
  expect(all).toHaveLength(1);
  expect(all[0]?.args['bios']).toBe('1 2');
});

test('a requeued request ends its slice and begins another', () => {
  const requeued: TraceEvent = { ...READ, action: 'R', atNs: 5, note: 'device short of resources' };
  const all = slices([issued(1, 0, 0), requeued, issued(1, 20, 0), completed(1, 30)]);
  expect(all.map(({ ts, args }) => [ts, args['outcome']])).toEqual([
    [0, 'device short of resources'],
    [0.02, 'OK'],
  ]);
});

test('what never completed says so', () => {
  const later: TraceEvent = { ...READ, bio: 2, atNs: 1_000 };
  expect(slices([issued(1, 0, 0), later])).toMatchObject([
    { dur: 1, args: { outcome: 'in flight at the end' } },
  ]);
});

test('each device is a process with a name, and its bios are instants', () => {
  const split: TraceEvent = { ...READ, action: 'X', note: 'from 1' };
  const events = parsed([READ, split, { ...READ, device: 'nvme1' }]);
  const processes = events.filter(({ name }) => name === 'process_name');
  expect(processes.map(({ pid, args }) => [pid, args['name']])).toEqual([
    [1, 'nvme0'],
    [2, 'nvme1'],
  ]);
  const instants = events.filter(({ ph }) => ph === 'i');
  expect(instants.map(({ pid, name }) => [pid, name])).toEqual([
    [1, 'Q read'],
    [1, 'X read'],
    [2, 'Q read'],
  ]);
});
