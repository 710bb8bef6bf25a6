/**
 * How often fio 3.33 trims and writes, as it says itself with
 * `fio --name=t --ioengine=null --bs=4k --output-format=json OPTIONS`.
 */

import { expect, test } from 'vitest';
import { run } from '../../../src/runner/run.ts';
import { firstRun } from '../../unit/job/fixture.ts';

const NVME = '[device nvme0]\ndriver=nvme\nsize=64m\ndata=tags\n[t]\nfilename=nvme0\nbs=4k\n';

test.each([
  ['rw=trim size=64k', { trim: 16 }],
  ['rw=randtrim size=64k', { trim: 16 }],
  ['rw=trim size=64k io_size=96k', { trim: 24 }],
  ['rw=randtrim:4 size=64k', { trim: 16 }],
  ['rw=trimwrite size=64k', { write: 16, trim: 16 }],
  ['rw=randtrimwrite size=64k', { write: 16, trim: 16 }],
  ['rw=trimwrite size=64k number_ios=7', { write: 7, trim: 7 }],
  ['rw=trimwrite size=64k io_size=32k', { write: 8, trim: 8 }],
  ['rw=trimwrite size=64k loops=2', { write: 32, trim: 32 }],
  ['rw=trimwrite size=64k iodepth=4', { write: 16, trim: 16 }],
  ['rw=randtrimwrite size=64k io_size=128k norandommap', { write: 32, trim: 32 }],
])('%s', async (options, expected) => {
  const plan = firstRun(`${NVME}${options.split(' ').join('\n')}\n`);
  const { rows } = await run(plan, { trace: false });
  const ios = rows.flatMap((row) =>
    row.direction === null ? [] : [[row.direction, row.ios] as const],
  );
  expect(Object.fromEntries(ios)).toEqual(expected);
});
