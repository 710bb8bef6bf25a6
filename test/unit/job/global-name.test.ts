import { expect, test } from 'vitest';
import { refusals, warnings, WORLD } from './fixture.ts';

test('a name in [global] names no job, as in fio; in a section it would', () => {
  expect(warnings(`${WORLD}[global]\nname=x\n[a]\nfilename=nvme0\n`)).toEqual([
    'jobs/a.fio:12: name: is ignored: in [global] it names no job',
  ]);
  expect(refusals(`${WORLD}[a]\nfilename=nvme0\nname=x\n`)).toHaveLength(1);
});
