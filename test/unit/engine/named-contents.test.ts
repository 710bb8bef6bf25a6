import { expect, test } from 'vitest';
import { NamedContents, type NamedSpec } from '../../../src/engine/named-contents.ts';
import { HostMemory } from '../../../src/host/memory.ts';
import { present } from '../../../src/units/assert.ts';
import { aWorkload } from '../../support/workload-spec.ts';

const UNIT = 512;
const BLOCK = 4096;

function rig(access: 'read' | 'write', changes: Partial<NamedSpec> = {}, contentBytes = UNIT) {
  const phase = access === 'write';
  const verification = { phase, backlog: 0, batch: 0, only: false, unitBytes: UNIT, sorts: false };
  const workload = aWorkload({ access, verification, sizeBytes: BLOCK });
  const contents = new NamedContents(workload.slots, present(workload.verification, 'it'), {
    name: 'md5',
    unitBytes: UNIT,
    devices: ['nvme0'],
    ofWrite: true,
    blind: false,
    seeds: [1, 0, 1],
    ...changes,
  });
  const memory = new HostMemory({ unitBytes: UNIT, contentBytes });
  const region = memory.allocateData(BLOCK);
  contents.use(0, region);
  workload.begin(0);
  workload.next(0, 0);
  return { contents, content: region.content, workload };
}

function readBack(changes: Partial<NamedSpec> = {}, contentBytes = UNIT) {
  const made = rig('write', changes, contentBytes);
  made.contents.fill(0);
  made.workload.complete(0, 10, BLOCK, false);
  made.workload.next(0, 10);
  made.workload.readBack(10);
  made.workload.next(0, 10);
  return made;
}

test.each([
  ['bytes', UNIT],
  ['tags', 8],
])('what was written is right, and every word of it counts: %s', (_, contentBytes) => {
  const { content, contents } = readBack({}, contentBytes);
  expect(contents.check(0, BLOCK)).toBe(null);
  expect(contents.errors).toBe(0);
  content[content.length - 1] = (content[content.length - 1] ?? 0) ^ 1;
  expect(contents.check(0, BLOCK)).toMatch(/^verify=md5: the block of 512 bytes at 3584 /);
  expect(contents.errors).toBe(1);
});

test('zeros, another place, another write, a torn unit', () => {
  const { content, contents } = readBack();
  const good = Uint8Array.from(content);
  content.fill(0, 0, UNIT);
  expect(contents.check(0, BLOCK)).toMatch(/at 0 holds zeros$/);
  content.set(good.subarray(UNIT, 2 * UNIT));
  expect(contents.check(0, BLOCK)).toMatch(/at 0 holds what belongs elsewhere$/);
  content.set(readBack({ seeds: [1, 0, 2] }).content);
  expect(contents.check(0, BLOCK)).toMatch(/at 0 is of another write$/);
  content.set(good);
  content[100] = (content[100] ?? 0) ^ 1;
  expect(contents.check(0, BLOCK)).toMatch(/at 0 is torn at its byte 100$/);
});

test('a reader takes any write that belongs there', () => {
  const { content, contents } = rig('read');
  content.set(readBack({ seeds: [9, 9, 9] }).content);
  expect(contents.check(0, BLOCK)).toBe(null);
  content.set(readBack({ devices: ['nvme1'] }).content);
  expect(contents.check(0, BLOCK)).toMatch(/holds what belongs elsewhere$/);
});

test('verify=null looks at nothing', () => {
  const { content, contents } = readBack({ blind: true });
  content.fill(0);
  expect(contents.check(0, BLOCK)).toBe(null);
  expect(contents.errors).toBe(0);
});
