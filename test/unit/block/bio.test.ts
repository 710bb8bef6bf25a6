import { expect, test } from 'vitest';
import { Bio, BioPool } from '../../../src/block/bio.ts';
import { Account } from '../../../src/measure/account.ts';
import { Status } from '../../../src/workload/status.ts';
import { Submitter } from '../../support/fake-driver.ts';

test('a bio used again knows nothing of its former life', () => {
  const pool = new BioPool();
  const bio = pool.take(new Submitter(), new Account());
  Object.assign(bio, {
    status: Status.MEDIUM,
    fua: true,
    address: 4096,
    parent: new Bio(new Submitter(), new Account()),
    pending: 3,
    id: 17,
  });
  pool.give(bio);
  const owner = new Submitter();
  const account = new Account();
  const again = pool.take(owner, account);
  expect(again).toBe(bio);
  expect(again.owner).toBe(owner);
  expect(again.account).toBe(account);
  expect(again).toMatchObject({
    status: Status.OK,
    fua: false,
    address: 0,
    parent: null,
    pending: 1,
    id: 0,
    next: null,
  });
});

test('hands out what it was given before it makes another', () => {
  const pool = new BioPool();
  const owner = new Submitter();
  const account = new Account();
  const first = pool.take(owner, account);
  const second = pool.take(owner, account);
  expect(second).not.toBe(first);
  pool.give(first);
  pool.give(second);
  const taken = new Set([pool.take(owner, account), pool.take(owner, account)]);
  expect(taken).toEqual(new Set([first, second]));
});
