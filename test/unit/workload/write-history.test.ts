import { expect, test } from 'vitest';
import { Slots } from '../../../src/workload/slots.ts';
import { WriteHistory } from '../../../src/workload/write-history.ts';

const BLOCK = 4096;

function rig(depth = 2) {
  const slots = new Slots(depth, 1);
  const number = new Float64Array(depth);
  const history = new WriteHistory(slots, number, BLOCK);
  let writes = 0;
  const issue = (slot: number, block: number, blocks = 1, file = 0): void => {
    writes += 1;
    slots.file[slot] = file;
    slots.offsetBytes[slot] = block * BLOCK;
    slots.lengthBytes[slot] = blocks * BLOCK;
    number[slot] = writes;
    history.issued(slot);
  };
  const write = (block: number, blocks = 1, file = 0): void => {
    issue(0, block, blocks, file);
    history.ended(0, true);
  };
  /** `number@file:block+blocks` of all that wait. */
  const taken = (): string[] => {
    const all: string[] = [];
    while (history.take(0)) {
      const at = (slots.offsetBytes[0] ?? 0) / BLOCK;
      const length = (slots.lengthBytes[0] ?? 0) / BLOCK;
      all.push(`${number[0]}@${slots.file[0]}:${at}+${length}`);
    }
    return all;
  };
  return { history, issue, taken, write };
}

test('writes are taken in their order, each once', () => {
  const { history, taken, write } = rig();
  for (const block of [5, 2, 9]) write(block);
  expect(history.count).toBe(3);
  expect(taken()).toEqual(['1@0:5+1', '2@0:2+1', '3@0:9+1']);
  expect(history.count).toBe(0);
  expect(taken()).toEqual([]);
});

test('what was written over in part or whole is left out', () => {
  const { taken, write } = rig();
  write(0, 4);
  write(8);
  write(3);
  write(8);
  write(0, 1, 1);
  expect(taken()).toEqual(['3@0:3+1', '4@0:8+1', '5@1:0+1']);
});

test('what failed, and what met another in flight, is left out', () => {
  const { history, issue, taken } = rig();
  issue(0, 0);
  history.ended(0, false);
  issue(0, 1);
  issue(1, 1);
  history.ended(1, true);
  history.ended(0, true);
  issue(0, 2);
  history.ended(0, true);
  expect(taken()).toEqual(['4@0:2+1']);
});

test('what is read back is not held once another write to it is issued', () => {
  const { history, issue, write } = rig();
  write(7);
  expect(history.take(1)).toBe(true);
  expect(history.holds(1)).toBe(true);
  issue(0, 7);
  expect(history.holds(1)).toBe(false);
});

test('sorted it is by file and offset', () => {
  const { history, taken, write } = rig();
  write(9);
  write(2, 1, 1);
  write(4);
  write(9);
  history.sort();
  expect(taken()).toEqual(['3@0:4+1', '4@0:9+1', '2@1:2+1']);
});

test('thousands wait; one region written for ever takes no more room than its blocks', () => {
  const { history, taken, write } = rig();
  for (let block = 0; block < 5000; block += 1) write(block);
  expect(taken()).toHaveLength(5000);
  for (let pass = 0; pass < 2000; pass += 1)
    for (let block = 0; block < 8; block += 1) write(block);
  expect(history.count).toBeLessThanOrEqual(8192);
  expect(taken()).toHaveLength(8);
});
