import { expect, test } from 'vitest';
import { Account } from '../../../src/measure/account.ts';

function filled(from: number): Account {
  const account = new Account();
  let value = from;
  const names: (keyof Omit<Account, 'add' | 'clear'>)[] = [
    'hostCpuNs',
    'pcieTxBytes',
    'pcieRxBytes',
    'fabricTxBytes',
    'fabricRxBytes',
    'mediaReadBytes',
    'mediaWriteBytes',
    'commands',
    'bios',
    'splits',
    'merges',
  ];
  expect(Object.keys(account).sort()).toEqual([...names].sort());
  for (const name of names) {
    account[name] = value;
    value += 1;
  }
  return account;
}

test('adds every cost', () => {
  const sum = filled(1);
  sum.add(filled(100));
  expect(Object.values(sum)).toEqual(Array.from({ length: 11 }, (_, i) => 101 + 2 * i));
});

test('clears every cost', () => {
  const account = filled(1);
  account.clear();
  expect(Object.values(account).map(Math.abs)).toEqual(new Array(11).fill(0));
});
