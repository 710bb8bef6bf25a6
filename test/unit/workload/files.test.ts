import { expect, test } from 'vitest';
import { parseFileService } from '../../../src/units/file-service.ts';
import type { FileSpec } from '../../../src/workload/files.ts';
import type { WorkloadSpec } from '../../../src/workload/spec.ts';
import { ISSUE, type Workload } from '../../../src/workload/workload.ts';
import { aWorkload } from '../../support/workload-spec.ts';

const BLOCK = 4096;

interface Setting extends Partial<WorkloadSpec> {
  readonly blocks: readonly number[];
  readonly service?: string;
  readonly open?: number;
}

function workloadOf({ blocks, service = 'roundrobin', open, ...changes }: Setting): Workload {
  const parsed = parseFileService(service);
  if (!parsed.ok) throw new Error(parsed.what);
  const each = blocks.map((count, file): FileSpec => {
    const destOffsetBytes = 1_048_576 * (file + 1);
    const sizeBytes = count * BLOCK;
    return { offsetBytes: 0, sizeBytes, destOffsetBytes, device: 0, destDevice: 0 };
  });
  const sizeBytes = each.reduce((sum, file) => sum + file.sizeBytes, 0);
  const files = { each, service: parsed.value, open: open ?? blocks.length, devices: 1 };
  return aWorkload({ sizeBytes, ioSizeBytes: sizeBytes, ...changes, files });
}

/** `file@block` of each I/O, at depth 1. */
function visits(setting: Setting, limit = 200): string[] {
  const workload = workloadOf(setting);
  const { slots } = workload;
  const asked: string[] = [];
  workload.begin(0);
  for (let nowNs = 0; asked.length < limit && workload.next(0, nowNs) === ISSUE; nowNs += 1000) {
    asked.push(`${slots.file[0]}@${(slots.offsetBytes[0] ?? 0) / BLOCK}`);
    workload.issued(0, nowNs);
    workload.complete(0, nowNs + 500, slots.lengthBytes[0] ?? 0, false);
  }
  return asked;
}

test('files take turns, and one that is through is left out', () => {
  expect(visits({ blocks: [1, 3] }).join(' ')).toBe('0@0 1@0 1@1 1@2');
  expect(visits({ blocks: [2, 2], service: 'sequential' }).join(' ')).toBe('0@0 0@1 1@0 1@1');
});

test('so many I/Os before another file is chosen', () => {
  const asked = visits({ blocks: [5, 5, 5], service: 'roundrobin:3' });
  // As fio 3.33: --nrfiles=3 --size=60k --bs=4k --file_service_type=roundrobin:3
  expect(asked.join(' ')).toBe('0@0 0@1 0@2 1@0 1@1 1@2 2@0 2@1 2@2 0@3 0@4 1@3 1@4 2@3 2@4');
});

test('each block comes once in a pass, whatever the order', () => {
  for (const service of ['roundrobin', 'sequential', 'random', 'random:3']) {
    const asked = visits({ blocks: [3, 7, 1], service, random: true });
    const all = [3, 7, 1].flatMap((count, file) =>
      Array.from({ length: count }, (_, block) => `${file}@${block}`),
    );
    expect([...asked].sort(), service).toEqual(all.sort());
  }
});

test('files have random orders of their own', () => {
  const asked = visits({ blocks: [64, 64], random: true });
  const of = (file: number) =>
    asked.filter((one) => one.startsWith(`${file}@`)).map((one) => one.slice(2));
  expect(of(0)).not.toEqual(of(1));
});

test('when all are through they begin anew, in loops and by time', () => {
  const once = visits({ blocks: [1, 2] });
  expect(visits({ blocks: [1, 2], loops: 3 })).toEqual([...once, ...once, ...once]);
  const timed = visits({ blocks: [1, 2], timeBased: true, runtimeNs: 5500 });
  expect(timed).toEqual([...once, ...once]);
});

test('without a random map no file is through before the job is', () => {
  const asked = visits({ blocks: [2, 30], random: true, norandommap: true });
  // As many each, as fio has it.
  expect(asked.filter((one) => one.startsWith('0@'))).toHaveLength(16);
  const inOrder = visits({
    blocks: [2, 30],
    random: true,
    norandommap: true,
    service: 'sequential',
  });
  expect(inOrder.slice(0, 3).map((one) => one[0])).toEqual(['0', '0', '1']);
});

test('a skewed service lets a file begin anew while others have not ended', () => {
  const asked = visits({ blocks: [4, 4, 4, 4], service: 'zipf:2' });
  expect(asked).toHaveLength(16);
  const counts = [0, 1, 2, 3].map((file) => asked.filter((one) => one[0] === `${file}`).length);
  expect(Math.max(...counts)).toBeGreaterThan(8);
});

test('bytes of a mix count for the file that they are in', () => {
  const asked = visits({ blocks: [8, 8], access: 'mixed' });
  expect(asked.filter((one) => one.startsWith('0@'))).toHaveLength(8);
});

test('copies gather within one file, and go to its destination', () => {
  const workload = workloadOf({ blocks: [3, 2], access: 'copy', numRange: 2 });
  const { slots } = workload;
  const asked: string[] = [];
  workload.begin(0);
  while (workload.next(0, 0) === ISSUE) {
    const ranges = slots.rangeCount[0] ?? 0;
    asked.push(`${slots.file[0]}: ${ranges} to ${slots.destOffsetBytes[0]}`);
    workload.complete(0, 1, slots.lengthBytes[0] ?? 0, false);
  }
  expect(asked).toEqual(['0: 2 to 1048576', '1: 2 to 2097152', `0: 1 to ${1_048_576 + 2 * BLOCK}`]);
});

test('the write behind a trim goes to the file that was trimmed', () => {
  const workload = workloadOf({ blocks: [1, 1], access: 'trimwrite', depth: 2 });
  const { slots } = workload;
  workload.begin(0);
  expect([workload.next(0, 0), workload.next(1, 0)]).toEqual([ISSUE, ISSUE]);
  workload.complete(1, 1, BLOCK, false);
  expect(workload.next(1, 1)).toBe(ISSUE);
  expect([slots.file[1], slots.direction[1]]).toEqual([1, 1]);
  workload.complete(0, 2, BLOCK, false);
  expect(workload.next(0, 2)).toBe(ISSUE);
  expect([slots.file[0], slots.direction[0]]).toEqual([0, 1]);
});
