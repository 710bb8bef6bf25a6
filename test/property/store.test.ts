/** A store is an array of blocks, whatever its medium: held against one. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BackingStore } from '../../src/device/store/store.ts';
import { aStore } from '../support/open-stores.ts';

/** Across a chunk of the bitmap and of the memory medium. */
const BASE = 32_700;
const BLOCKS = 140;
const place = fc.nat({ max: BLOCKS - 1 });
const length = fc.integer({ min: 1, max: 90 });

type Step =
  | {
      readonly kind: 'write' | 'zero' | 'deallocate' | 'layout';
      readonly at: number;
      readonly length: number;
      readonly fill: number;
    }
  | { readonly kind: 'copy'; readonly from: number; readonly at: number; readonly length: number };

const change = fc.record({
  kind: fc.constantFrom('write', 'zero', 'deallocate', 'layout'),
  at: place,
  length,
  fill: fc.integer({ min: 1, max: 255 }),
});
const copy = fc.record({ kind: fc.constant('copy'), from: place, at: place, length });
const steps: fc.Arbitrary<readonly Step[]> = fc.array(fc.oneof(change, copy), { maxLength: 30 });

interface Block {
  written: boolean;
  content: string;
}

function contentOf(store: BackingStore, block: number): string {
  const content = new Uint8Array(store.contentBytesPerBlock).fill(0xee);
  store.read(BASE + block, 1, content, 0);
  return Buffer.from(content).toString('latin1');
}

function apply(store: BackingStore, model: Block[], step: Step): void {
  const end = Math.min(BLOCKS, step.at + step.length);
  const blocks = end - step.at;
  const bytes = store.contentBytesPerBlock;
  const set = (at: number, written: boolean, content: string): void => {
    model[at] = { written, content };
  };
  if (step.kind === 'copy') {
    const count = Math.min(blocks, BLOCKS - step.from);
    const source = model.slice(step.from, step.from + count);
    store.copy(BASE + step.from, BASE + step.at, count);
    source.forEach((block, i) => set(step.at + i, true, block.content));
    return;
  }
  const zeros = '\0'.repeat(bytes);
  if (step.kind === 'write') {
    const content = new Uint8Array(blocks * bytes).map((_, i) => (i % 7) + step.fill);
    store.write(BASE + step.at, blocks, content, 0);
    for (let i = 0; i < blocks; i += 1) {
      const own = content.subarray(i * bytes, (i + 1) * bytes);
      set(step.at + i, true, Buffer.from(own).toString('latin1'));
    }
  } else if (step.kind === 'zero') {
    store.writeZeroes(BASE + step.at, blocks);
    for (let at = step.at; at < end; at += 1) set(at, true, zeros);
  } else if (step.kind === 'deallocate') {
    store.deallocate(BASE + step.at, blocks);
    for (let at = step.at; at < end; at += 1) set(at, false, zeros);
  } else {
    const laid = model.map(({ written }) => !written);
    store.layOut(2 * (BASE + step.at), 2 * blocks);
    for (let at = step.at; at < end; at += 1) {
      if (laid[at] !== true) continue;
      const content = contentOf(store, at);
      expect(content).not.toBe(zeros);
      set(at, true, content);
    }
  }
}

test.each(['file', 'memory', 'tags'] as const)('data=%s holds what an array would', (mode) => {
  fc.assert(
    fc.property(steps, (list) => {
      const store = aStore(mode);
      const zeros = '\0'.repeat(store.contentBytesPerBlock);
      const model = Array.from(
        { length: BLOCKS },
        (): Block => ({ written: false, content: zeros }),
      );
      for (const step of list) apply(store, model, step);
      const first = model.findIndex(({ written }) => !written);
      expect(store.firstUnwritten(BASE, BLOCKS)).toBe(first === -1 ? -1 : BASE + first);
      const marks = new Float64Array(2 * BLOCKS);
      store.fingerprints(2 * BASE, 2 * BLOCKS, marks, 0);
      model.forEach((block, at) => {
        expect(store.isWritten(BASE + at)).toBe(block.written);
        expect(contentOf(store, at)).toBe(block.content);
        if (block.content === zeros) expect([marks[2 * at], marks[2 * at + 1]]).toEqual([0, 0]);
      });
      store.close();
    }),
    { numRuns: 60 },
  );
});
