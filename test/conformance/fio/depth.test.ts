/**
 * How fio 3.33 fills its depth and drains it: system calls counted by
 * `strace -f -e trace=io_submit,io_getevents fio --name=a --filename=FILE --size=4m --bs=4k
 * --rw=read --ioengine=libaio --iodepth=16 OPTIONS`, on a file in the page cache, whose I/Os have
 * ended when io_submit returns. The same here is a null_blk that completes in the submitter, on a
 * host where nothing but a system call costs time, one ns: its CPU time is the number of calls.
 *
 * When there is no more to issue fio waits for all that is left with one call, which makes the
 * latencies of those that ended first too long; here they are reaped as before: `more` calls.
 */

import { expect, test } from 'vitest';
import { run } from '../../../src/runner/run.ts';
import { present } from '../../../src/units/assert.ts';
import { DONE, ISSUE, WAIT } from '../../../src/workload/workload.ts';
import { aWorkload } from '../../support/workload-spec.ts';
import { firstRun } from '../../unit/job/fixture.ts';

const FREE = ['application', 'bio', 'request', 'interrupt', 'completion', 'context_switch'].map(
  (cost) => `${cost}=0`,
);
const HOST = `[host calls]\nsyscall=1\n${FREE.join('\n')}\n`;
const NULL_BLK = '[device nullb0]\ndriver=null_blk\nsize=64m\nirqmode=0\nhost=calls\n';
const DATA = 'data=none\nmemory_backed=0\n';
const JOB = '[a]\nfilename=nullb0\nsize=4m\nbs=4k\n';

async function read(options: string) {
  const text = `${HOST}${NULL_BLK}${DATA}${JOB}${options.split(' ').join('\n')}\n`;
  const { rows } = await run(firstRun(text), { trace: false });
  return present(rows[0], 'a row of the job');
}

test.each([
  { options: 'iodepth=16', submits: 1024, reaps: 1010, more: 14 },
  { options: 'iodepth=16 iodepth_batch=4', submits: 1012, reaps: 1010, more: 14 },
  {
    options: 'iodepth=16 iodepth_batch=4 iodepth_batch_complete_min=4',
    submits: 256,
    reaps: 254,
    more: 2,
  },
  {
    options: 'iodepth=16 iodepth_batch=16 iodepth_batch_complete_min=16',
    submits: 64,
    reaps: 64,
    more: 0,
  },
  {
    options:
      'iodepth=16 iodepth_batch=16 iodepth_batch_complete_min=4 iodepth_batch_complete_max=16',
    submits: 64,
    reaps: 64,
    more: 0,
  },
  { options: 'iodepth=16 iodepth_batch=8 iodepth_low=4', submits: 170, reaps: 1021, more: 3 },
  {
    options:
      'iodepth=16 iodepth_batch=8 iodepth_low=1 iodepth_batch_complete_min=2 ' +
      'iodepth_batch_complete_max=8',
    submits: 128,
    reaps: 128,
    more: 0,
  },
  { options: 'iodepth=16 iodepth_batch_complete_min=0', submits: 1024, reaps: 1024, more: 0 },
  { options: 'iodepth=16 iodepth_batch=0 iodepth_low=16', submits: 1009, reaps: 1010, more: 14 },
])('$options: $submits io_submit, $reaps io_getevents', async (fio) => {
  const { state, ios, host_cpu_ns: calls } = await read(fio.options);
  expect([state, ios]).toEqual(['done', 1024]);
  expect(calls).toBe(fio.submits + fio.reaps + fio.more);
});

/**
 * Shares of 1024 I/Os by the depth they are issued at (1, 2-3, 4-7, 8), in percent, on ten blocks of
 * chance: `fio --name=a --filename=FILE --size=4m --bs=4k --ioengine=libaio --iodepth=8 --rw=RW
 * --random_distribution=zoned:100/1:0/99 --norandommap --serialize_overlap=1`. Without it, and for
 * randread with it, 99.3 % are issued at 8.
 */
test.each(['write', 'mixed'] as const)('serialize_overlap of %s', (access) => {
  const fio = [9.472656, 38.085938, 49.609375, 2.832031];
  const shares = [0, 0, 0, 0];
  for (let seed = 1; seed <= 8; seed += 1) {
    const ten = { sizeBytes: 40_960, ioSizeBytes: 4_194_304, random: true, norandommap: true };
    const workload = aWorkload({
      access,
      ...ten,
      depth: 8,
      serializeOverlap: [false],
      seeds: [seed],
    });
    const free = [0, 1, 2, 3, 4, 5, 6, 7];
    const underWay: number[] = [];
    let nowNs = 0;
    workload.begin(nowNs);
    for (;;) {
      nowNs += 1;
      const [slot] = free;
      const verdict = slot === undefined ? WAIT : workload.next(slot, nowNs);
      if (verdict === DONE) break;
      if (verdict === ISSUE) {
        underWay.push(...free.splice(0, 1));
        const bucket = Math.floor(Math.log2(workload.inFlight));
        shares[bucket] = (shares[bucket] ?? 0) + 100 / (8 * 1024);
        continue;
      }
      const ended = present(underWay.shift(), 'an I/O to wait for');
      workload.complete(ended, nowNs, 4096, false);
      free.push(ended);
    }
  }
  shares.forEach((share, bucket) => {
    expect(Math.abs(share - (fio[bucket] ?? 0))).toBeLessThan(3);
  });
});
