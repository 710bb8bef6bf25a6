import { expect, test } from 'vitest';
import { Accounts } from '../../../src/engine/accounts.ts';
import { READ, WRITE } from '../../../src/workload/slots.ts';
import type { VerifySpec } from '../../../src/workload/verify-spec.ts';
import { aWorkload } from '../../support/workload-spec.ts';

const ONLY: VerifySpec = {
  phase: false,
  backlog: 0,
  batch: 0,
  only: true,
  unitBytes: 4096,
  sorts: false,
};

test('what no I/O causes is charged to what the job does', () => {
  const workload = aWorkload({ access: 'write' });
  expect(new Accounts(workload).own).toBe(workload.measurement(WRITE).account);
  const trims = aWorkload({ access: 'trimwrite' });
  expect(new Accounts(trims).own).toBe(trims.measurement(trims.supply.direction).account);
});

test('of verify_only, which writes nothing, to its reads: nothing is lost', () => {
  const workload = aWorkload({ access: 'write', verification: ONLY });
  expect(new Accounts(workload).own).toBe(workload.measurement(READ).account);
});

test('an I/O of a direction that is not measured is our own mistake', () => {
  const workload = aWorkload({ access: 'write' });
  const accounts = new Accounts(workload);
  workload.slots.direction[0] = READ;
  expect(() => accounts.ofSlot(0)).toThrow('an account for each direction in use');
});
