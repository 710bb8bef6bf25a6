import { expect, test } from 'vitest';
import { explainOption, listOptions } from '../../../src/cli/options.ts';
import { deviceModels } from '../../../src/job/models.ts';
import { knownOptions } from '../../../src/job/option-table.ts';

test('the list has every option and attribute', () => {
  const list = listOptions();
  for (const { name } of knownOptions) expect(list).toContain(`  ${name} `);
  for (const { model, options } of deviceModels) {
    expect(list).toContain(`[device] driver=${model}:`);
    for (const { name } of options) expect(list).toContain(`  ${name} `);
  }
});

test('an option is explained by name, alias and sweep', () => {
  const explained = explainOption('iodepth');
  expect(explained).toMatch(/^iodepth: .+\n {2}in: a job section\n {2}type: int\n/);
  expect(explainOption('sweep_iodepth')).toBe(explained);
  expect(explainOption('readwrite')).toBe(explainOption('rw'));
});

test('a default that is another on real files is told', () => {
  expect(explainOption('ioengine')).toContain('  default: sim\n  default on real files: psync\n');
});

test('a name that several tables have is explained for each', () => {
  const places = explainOption('size').match(/^ {2}in: .*$/gm);
  expect(places).toContain('  in: a job section');
  expect(places).toContain('  in: [device] driver=null_blk');
});

test('what becomes of an option of fio is told, by its alias too', () => {
  expect(explainOption('ratemin')).toBe(explainOption('rate_min'));
  expect(explainOption('thinkcycles')).toContain('  here: refused, but for 0: would slow the job');
  expect(explainOption('disk_util')).toContain('  here: ignored: ');
  expect(explainOption('buffered')).toContain('  here: supported, by direct\n');
  expect(listOptions()).toMatch(/^ {2}thinkcycles +\(refused\) CPU cycles/m);
  expect(() => explainOption('hostname')).toThrow(
    "hostname: is of fio's engine net, which coffer does not have",
  );
});

test('an unknown name is refused with the nearest', () => {
  expect(() => explainOption('iodepht')).toThrow(
    'iodepht: no option is called so; did you mean iodepth?',
  );
});
