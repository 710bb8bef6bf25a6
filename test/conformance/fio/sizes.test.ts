/**
 * I/Os of several sizes against fio 3.33. Totals are what fio says itself, with
 * `fio --name=s --filename=s.dat --ioengine=null --output-format=json OPTIONS`; shares are those of
 * the 100,000 I/Os that `--rw=randread --norandommap --size=1g --io_size=100g --number_ios=100000`
 * and `--write_iolog` left.
 */

import { expect, test } from 'vitest';
import { workloadSpec as specOf } from '../../../src/runner/workload-spec.ts';
import { runWhole } from '../../support/workload-spec.ts';
import { present } from '../../../src/units/assert.ts';
import { Account } from '../../../src/measure/account.ts';
import { Workload } from '../../../src/workload/workload.ts';
import { firstRun } from '../../unit/job/fixture.ts';

const NULL_BLK =
  '[device nullb0]\ndriver=null_blk\nsize=200g\nblocksize=512\n[s]\nfilename=nullb0\n';

function asked(options: string) {
  const plan = firstRun(`${NULL_BLK}${options.split(' ').join('\n')}\n`);
  const background = new Account();
  const spec = specOf(present(plan.jobs[0], 'the job'), 0, 1);
  const workload = new Workload(spec, { source: background, destination: background });
  return runWhole(workload, 1000, 200_000);
}

test.each([
  ['rw=read bsrange=4k-64k size=1m', 1_048_576],
  ['rw=read bsrange=4k-64k size=1001k', 1_024_000],
  ['rw=read bsrange=4k-64k size=1m io_size=2m', 2_097_152],
  ['rw=read bsrange=4k-64k size=1m loops=2', 2_097_152],
  ['rw=randread bsrange=4k-64k size=1m', 1_048_576],
  ['rw=randread bsrange=4k-64k size=1001k', 1_024_000],
  ['rw=randread bssplit=4k/50:64k/50 size=16m', 16_777_216],
  ['rw=read bssplit=4k/10:8k/90 size=16m', 16_777_216],
  ['rw=write bssplit=,4k/50:8k/50 size=1m', 1_048_576],
])('%s moves as many bytes as in fio', (options, bytes) => {
  expect(asked(options).reduce((sum, { lengthBytes }) => sum + lengthBytes, 0)).toBe(bytes);
});

test.each([
  ['rw=randread bsrange=4k-64k number_ios=100 size=4m', 100],
  ['rw=write bssplit=4k/50:8k/50, bs=16k size=1m', 64],
  ['rw=write bsrange=4k-8k, size=1m', 256],
  ['rw=read bssplit=4k/100:8k/0 size=1m', 256],
  ['rw=randread bs=4k ba=8k size=1m', 256],
  ['rw=randread bs=4k ba=4k size=1m', 256],
  ['rw=randread bs=16k ba=4k size=1m', 64],
  ['rw=read bs=4k ba=8k size=64k', 16],
  ['rw=rw bs=4k,64k bs_is_seq_rand=1 size=4m', 1024],
])('%s has as many I/Os as in fio', (options, ios) => {
  expect(asked(options)).toHaveLength(ios);
});

test.each([
  ['bssplit=4k/50:16k/30:64k/20', { 4096: 49_965, 16384: 29_906, 65536: 20_129 }],
  ['bsrange=4k-10k', { 4096: 40_131, 8192: 39_806, 10240: 20_063 }],
  ['bsrange=4k-16k', { 4096: 1, 8192: 1, 12288: 1, 16384: 1 }],
] as const)('%s: shares within 2 %% of those of fio', (options, fio) => {
  const rest = 'rw=randread norandommap size=1g io_size=100g number_ios=100000';
  const found = new Map<number, number>();
  for (const { lengthBytes } of asked(`${options} ${rest}`)) {
    found.set(lengthBytes, (found.get(lengthBytes) ?? 0) + 1);
  }
  const all = Object.values(fio).reduce((sum, ios) => sum + ios, 0);
  expect([...found.keys()].sort((a, b) => a - b)).toEqual(Object.keys(fio).map(Number));
  for (const [bytes, ios] of Object.entries(fio)) {
    const share = (found.get(Number(bytes)) ?? 0) / 100_000;
    expect(Math.abs(share - ios / all), bytes).toBeLessThan(0.02 * (ios / all));
  }
});

test('a random map covers what fio covers: each block once', () => {
  // fio: 43 I/Os of 1,048,576 bytes, none of which met another.
  const ios = asked('rw=randread bsrange=4k-64k size=1m');
  const sorted = ios.toSorted((a, b) => a.offsetBytes - b.offsetBytes);
  let end = 0;
  for (const { offsetBytes, lengthBytes } of sorted) {
    expect(offsetBytes).toBe(end);
    end += lengthBytes;
  }
  expect(end).toBe(1_048_576);
});
