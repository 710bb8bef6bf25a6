/**
 * How often fio 3.33 pauses, by its runtime: `fio --name=t --filename=F --ioengine=libaio --direct=1
 * --rw=read --bs=4k --size=128k --thinktime=10ms OPTIONS` took 302, 104, 63, 329 and 115 ms.
 */

import { expect, test } from 'vitest';
import { run } from '../../../src/runner/run.ts';
import { firstRun } from '../../unit/job/fixture.ts';

const NVME =
  '[device nvme0]\ndriver=nvme\nsize=64m\ndata=tags\n[t]\nfilename=nvme0\nbs=4k\nsize=128k\n';

test.each([
  ['iodepth=4', 30],
  ['iodepth=4 thinktime_blocks=3', 10],
  ['iodepth=8 thinktime_blocks=2', 6],
  ['iodepth=4 thinktime_blocks_type=issue', 32],
  ['iodepth=4 thinktime_blocks=3 thinktime_blocks_type=issue', 11],
  ['iodepth=1', 32],
])('%s', async (options, pauses) => {
  const plan = firstRun(`${NVME}thinktime=10ms\n${options.split(' ').join('\n')}\n`);
  const { rows } = await run(plan, { trace: false });
  const runtimeNs = rows.find(({ direction }) => direction === 'read')?.runtime_ns ?? 0;
  // fio makes one more behind the last I/O where it was paused for.
  const found = Math.floor(Number(runtimeNs) / 10_000_000);
  expect([pauses - 1, pauses]).toContain(found);
});
