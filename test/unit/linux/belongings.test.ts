import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Arena } from '../../../src/linux/arena.ts';
import { Control } from '../../../src/linux/control.ts';
import { loadSyscalls, type Syscalls } from '../../../src/linux/syscalls.ts';
import { Words } from '../../../src/linux/words.ts';

const loaded = loadSyscalls();

function descriptors(): number {
  return readdirSync('/proc/self/fd').length;
}

function isMapped(address: number): boolean {
  return readFileSync('/proc/self/maps', 'utf8').includes(`${address.toString(16)}-`);
}

/** A pipe, and an arena of an odd size that nothing else merges with. */
function takeThings(syscalls: Syscalls): { arena: Arena; ends: Int32Array } {
  const words = new Words(syscalls, 1);
  expect(syscalls.pipe2(words.addressOf(0), 0)).toBe(0);
  const ends = Int32Array.of(words.half(0), words.half(1));
  words.close();
  return { arena: new Arena(syscalls, 3 * 4096), ends };
}

describe.skipIf(typeof loaded === 'string')('what a dead thread leaves', () => {
  if (typeof loaded === 'string') return;

  it('is given back by who finds it, once', () => {
    const belongings = Control.for(2).belongings(1);
    const before = descriptors();
    const { arena } = takeThings(belongings.noting(loaded));
    expect([descriptors() - before, isMapped(arena.address)]).toEqual([2, true]);
    belongings.release(loaded);
    expect([descriptors() - before, isMapped(arena.address)]).toEqual([0, false]);
    const { arena: another } = takeThings(loaded);
    belongings.release(loaded);
    expect(descriptors() - before).toBe(2);
    another.close();
  });

  it('is nothing, when it gave back all itself', () => {
    const control = Control.for(1);
    const syscalls = control.belongings(0).noting(loaded);
    const { arena, ends } = takeThings(syscalls);
    arena.close();
    for (const fd of ends) expect(syscalls.close(fd)).toBe(0);
    const { ends: others } = takeThings(loaded);
    control.belongings(0).release(loaded);
    for (const fd of others) expect(loaded.close(fd)).toBe(0);
  });

  it('has a context of asynchronous I/O among it', () => {
    const belongings = Control.for(1).belongings(0);
    const syscalls = belongings.noting(loaded);
    const words = new Words(loaded, 1);
    expect(syscalls.ioSetup(4, words.addressOf(0))).toBe(0);
    belongings.release(loaded);
    expect(loaded.ioDestroy(words.get(0))).toBeLessThan(0);
    words.close();
  });

  it('beyond what is noted stays, and does no harm', () => {
    const belongings = Control.for(1).belongings(0);
    const syscalls = belongings.noting(loaded);
    const arenas = Array.from({ length: 300 }, () => new Arena(syscalls, 4096));
    for (const arena of arenas) arena.close();
    belongings.release(loaded);
  });
});
