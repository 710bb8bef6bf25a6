import { expect, test } from 'vitest';
import { READ, WRITE } from '../../../src/workload/slots.ts';
import type { WorkloadSpec } from '../../../src/workload/spec.ts';
import type { VerifySpec } from '../../../src/workload/verify-spec.ts';
import { DONE, ISSUE, VERIFY, WAIT, type Workload } from '../../../src/workload/workload.ts';
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

test('a job that its runtime ends is read back no further; a phase has the whole runtime', () => {
  expect(told(verifying({ runtimeNs: 3000 }))).toBe('w0 w1 w2');
  expect(told(verifying({ runtimeNs: 4500 }))).toBe('w0 w1 w2 w3 | R0 R1 R2 R3');
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
