/**
 * Verification against fio 3.33. How often it writes and reads back was taken from what it says
 * itself with `fio --name=v --filename=FILE --bs=4k --size=64k --verify=crc32c
 * --output-format=json OPTIONS`, the options as they stand here. Headers and checksums are held
 * against a file that fio wrote (`--rw=write --bs=512 --size=512 --verify=METHOD --do_verify=0
 * --verify_pattern=0xa5`), and where fio is installed it verifies what coffer wrote, and the other
 * way round.
 */

import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { isVerifyMethod, verifyMethod } from '../../../src/checksum/verify-method.ts';
import { VerifiedBlocks } from '../../../src/linux/verified-block.ts';
import type { Row } from '../../../src/record/columns.ts';
import { run } from '../../../src/runner/run.ts';
import { runReal } from '../../support/real-clone-run.ts';
import { firstRun } from '../../unit/job/fixture.ts';

const folder = mkdtempSync('/tmp/coffer-verify-');
afterAll(() => rmSync(folder, { recursive: true }));
const hasFio = spawnSync('fio', ['--version']).status === 0;
const file = `${folder}/file`;

/** Of fio: what it reads, what it writes. */
const TOTALS: readonly (readonly [string, { readonly read?: number; readonly write?: number }])[] =
  [
    ['rw=write', { read: 16, write: 16 }],
    ['rw=randwrite', { read: 16, write: 16 }],
    ['rw=write loops=3', { read: 48, write: 48 }],
    ['rw=write number_ios=5', { read: 5, write: 5 }],
    ['rw=randwrite number_ios=5', { read: 5, write: 5 }],
    ['rw=write do_verify=0', { write: 16 }],
    ['rw=write verify_backlog=4', { read: 16, write: 16 }],
    ['rw=write verify_backlog=4 verify_backlog_batch=2', { read: 16, write: 16 }],
    ['rw=write verify_backlog=4 verify_backlog_batch=8', { read: 16, write: 16 }],
    ['rw=write verify_backlog=5 do_verify=0', { write: 16 }],
  ];

function totals(rows: readonly Row[]): Record<string, unknown> {
  const jobs = rows.filter(({ direction }) => direction !== null);
  for (const { state, error } of jobs) expect(error, String(state)).toBe(null);
  return Object.fromEntries(jobs.map(({ direction, ios }) => [direction, ios]));
}

describe.each(TOTALS)('%s', (options, expected) => {
  const job = `bs=4k size=64k verify=crc32c ${options}`;

  test('simulated', async () => {
    const device = '[device nb0]\ndriver=null_blk\nsize=16m\ndata=memory\n[j]\nfilename=nb0\n';
    const { rows } = await run(firstRun(`${device}${job.split(' ').join('\n')}\n`), {
      trace: false,
    });
    expect(totals(rows)).toEqual(expected);
  });

  test('on a file', () => {
    rmSync(file, { force: true });
    expect(totals(runReal(`filename=${file} ${job}`))).toEqual(expected);
  });
});

// fio --size=1500k --bs=100k --rate=,1m --loops=3 --runtime=2 --ioengine=psync: 2100 KiB in 2.0 s.
test('runtime is that of writes and what is read back together', async () => {
  const device = '[device nb0]\ndriver=null_blk\nsize=16m\ndata=memory\n[j]\nfilename=nb0\n';
  const options = 'rw=write size=1500k bs=100k rate=,1m verify=crc32c loops=3 runtime=2';
  const job = `${device}${options.split(' ').join('\n')}\n`;
  const { rows } = await run(firstRun(job), { trace: false });
  expect(totals(rows)).toEqual({ read: 15, write: 21 });
});

test('of a mix all reads count, and as many are read back as were written', () => {
  rmSync(file, { force: true });
  const found = totals(runReal(`filename=${file} rw=randrw bs=4k size=64k verify=crc32c`));
  // fio: 16 reads and 6 writes; the draws of a mix are not ours.
  expect(found['read']).toBe(16);
});

test('verify_only reads as often as fio, and does not count writes that are none', () => {
  rmSync(file, { force: true });
  const job = `filename=${file} rw=randwrite bs=4k size=64k verify=crc32c`;
  runReal(`${job} do_verify=0`);
  expect(totals(runReal(`${job} verify_only randseed=6`))).toEqual({ read: 16 });
});

// Whoever opens a program that runs for writing is told ETXTBSY, root too.
test.each(['psync', 'mmap'])('verify_only with %s opens nothing for writing', (engine) => {
  const program = `${folder}/sleep`;
  copyFileSync('/bin/sleep', program);
  const sleeping = spawn(program, ['60']);
  try {
    const job = `filename=${program} rw=write bs=4k size=16k verify=crc32c ioengine=${engine}`;
    const [row] = runReal(`${job} verify_only end_fsync=1`);
    expect(row).toMatchObject({ direction: 'read', state: 'failed', verify_errors: 1 });
    expect(row?.error).not.toContain('ETXTBSY');
    expect(() => openSync(program, 'r+')).toThrow('ETXTBSY');
  } finally {
    sleeping.kill();
    rmSync(program);
  }
});

test.each(['psync', 'mmap', 'libaio', 'io_uring'])('%s reads back what it wrote', (engine) => {
  rmSync(file, { force: true });
  const job = `filename=${file} rw=randwrite bs=4k size=1m verify=md5 iodepth=8 ioengine=${engine}`;
  expect(totals(runReal(job))).toEqual({ read: 256, write: 256 });
  expect(totals(runReal(`${job} verify_backlog=16`))).toEqual({ read: 256, write: 256 });
  const sizes = totals(runReal(`${job} bssplit=4k/50:12k/50 size=2m`));
  expect(sizes['read']).toBe(sizes['write']);
});

test('simulated: what another job has written over is found, and nothing else', async () => {
  const job = (name: string, options: string) =>
    `[${name}]\nstonewall\nbs=4k\nsize=64k\n${options.split(' ').join('\n')}\n`;
  const text =
    '[device nb0]\ndriver=null_blk\nsize=16m\nblocksize=4096\ndata=tags\n[global]\nfilename=nb0\n' +
    job('writer', 'rw=write verify=md5 do_verify=0') +
    job('fault', 'rw=write offset=8k size=4k') +
    job('reader', 'rw=randread verify=md5 continue_on_error=verify');
  const { rows } = await run(firstRun(text), { trace: false });
  expect(rows.find((row) => row.job === 'reader')).toMatchObject({
    state: 'failed',
    ios: 16,
    verify_errors: 1,
    error: 'verify=md5: the block of 4096 bytes at 8192 holds zeros',
  });
});

test('a file that is verified stays as it is, though its room was not laid out', () => {
  rmSync(file, { force: true });
  const job = `filename=${file} bs=4k verify=md5`;
  runReal(`${job} rw=write size=64k do_verify=0`);
  expect(runReal(`${job} rw=read size=64k`)).toMatchObject([{ state: 'done', verify_errors: 0 }]);
  // What is missing is laid out, behind what was there, and nobody wrote that to be verified.
  const longer = runReal(`${job} rw=read size=80k continue_on_error=verify`);
  expect(longer).toMatchObject([{ ios: 20, verify_errors: 4 }]);
});

/** What fio 3.33 wrote: header and checksum; the rest of 512 bytes is 0xa5. */
const HEADS = {
  meta: 'caac01000002000000000000000000000000000000000000010000001e8d64170100000006465ac0',
  md5: 'caac02000002000000000000000000000000000000000000000000004fb1570901000000be16d7440521274a3aee340f87ff7b4a0267fc97',
  crc64:
    'caac0300000200000000000000000000000000000000000000000000e984f60901000000f14c68aae19b2c61e86dc28c',
  crc32: 'caac0400000200000000000000000000000000000000000000000000df2ee50c010000004b9ea2977bc90ef5',
  crc32c:
    'caac05000002000000000000000000000000000000000000000000002c01c90801000000baeab44c9194c8c8',
  crc16: 'caac0700000200000000000000000000000000000000000000000000a99afe08010000007132d1b1240f',
  crc7: 'caac080000020000000000000000000000000000000000000000000017cf360d0100000067851af852',
  sha1: 'caac10000002000000000000000000000000000000000000000000005b58f80c010000005fb8d3d9d0b540438bb1f0ba0f74162e1a43800304c1536e',
  'sha3-224':
    'caac0b00000200000000000000000000000000000000000000000000b5d9190b0100000097e51fca5e3e1ca439de5b99c64455d56b6e7023e863e7821e242d99b4b7b26e',
  'sha3-256':
    'caac0c00000200000000000000000000000000000000000000000000067ef40a01000000dcb1f596aec277c1d026a434514306b8e3f7385fd563f718262117e19f5bf3fea5cca46b',
  'sha3-384':
    'caac0d00000200000000000000000000000000000000000000000000e811ee08010000009ce0de25267cdfb6abde78301949af08b136006622637de6a77248c81127f8a42306fe98ad9f141636e010388e8b6da210e45624',
  'sha3-512':
    'caac0e000002000000000000000000000000000000000000000000003644c70a01000000e2fa05ac5e42e4ea366b90f30fe3c47023b7382ea0c21d0afc272ae400febd3b2b9d55b6a2d7de55938e62b6696cb5c4d8debd959179e25ee360fd2471d174f58ac2adbf',
  xxhash:
    'caac0f000002000000000000000000000000000000000000000000008a582009010000000079b422c7a87516',
} as const;

test.each(Object.entries(HEADS))('a block that fio wrote with %s is right', (name, hex) => {
  expect(isVerifyMethod(name)).toBe(true);
  if (!isVerifyMethod(name)) return;
  const bytes = new Uint8Array(512).fill(0xa5);
  bytes.set(Buffer.from(hex, 'hex'));
  const blocks = new VerifiedBlocks(
    {
      method: verifyMethod(name),
      pattern: { bytes: '\xa5', offsetsAt: [] },
      strict: true,
      intervalBytes: 512,
      headerOffsetBytes: 0,
    },
    { seed: true, number: true },
  );
  expect(blocks.problems(bytes, 0, null)).toEqual([]);
});

/** Not sha256 and sha512, whose fields in fio hold no digests. */
const SHARED = [
  'md5',
  'crc64',
  'crc32',
  'crc32c',
  'crc16',
  'crc7',
  'sha1',
  'sha3-224',
  'sha3-256',
  'sha3-384',
  'sha3-512',
  'xxhash',
  'meta',
];

function fio(...options: readonly string[]): {
  readonly status: number | null;
  readonly said: string;
} {
  const given = ['--name=v', `--filename=${file}`, '--bs=4k', '--size=64k', ...options];
  const { status, stdout, stderr } = spawnSync('fio', given, { encoding: 'utf8', cwd: folder });
  return { status, said: `${stdout}${stderr}` };
}

describe.runIf(hasFio)('beside fio', () => {
  test.each(SHARED)('%s: fio verifies what coffer wrote', (method) => {
    rmSync(file, { force: true });
    runReal(`filename=${file} rw=randwrite bs=4k size=64k verify=${method} verify_interval=1k`);
    const { status, said } = fio('--rw=read', `--verify=${method}`, '--verify_interval=1k');
    expect(status, said).toBe(0);
  });

  test.each(SHARED)('%s: coffer verifies what fio wrote, and finds what has changed', (method) => {
    rmSync(file, { force: true });
    fio('--rw=randwrite', `--verify=${method}`, '--do_verify=0', '--verify_offset=120');
    const job = `filename=${file} rw=randread bs=4k size=64k verify=${method} verify_offset=120`;
    expect(runReal(job)).toMatchObject([{ state: 'done', ios: 16, verify_errors: 0 }]);
    const fd = openSync(file, 'r+');
    writeSync(fd, 'changed!', 8192 + (method === 'meta' ? 130 : 3000));
    expect(runReal(job)).toMatchObject([{ state: 'failed', verify_errors: 1 }]);
  });

  test.each(['0xdeadbeef', '"ab"%o0xff', '%o'])('pattern %s', (pattern) => {
    rmSync(file, { force: true });
    const job = `filename=${file} bs=4k size=64k verify=pattern verify_pattern=${pattern}`;
    runReal(`${job} rw=randwrite`);
    const { status, said } = fio('--rw=read', '--verify=pattern', `--verify_pattern=${pattern}`);
    expect(status, said).toBe(0);
    fio('--rw=write', '--verify=pattern', `--verify_pattern=${pattern}`);
    expect(runReal(`${job} rw=read`)).toMatchObject([{ state: 'done', verify_errors: 0 }]);
  });

  test('wrong blocks count as in fio, which goes on where continue_on_error says so', () => {
    const all = Buffer.alloc(65_536, 0xab);
    for (const at of [9000, 19_000, 19_001]) all[at] = 0;
    writeFileSync(file, all);
    const pattern = ['verify=pattern', 'verify_pattern=0xab', 'rw=read'];
    const given = pattern.map((option) => `--${option}`);
    const json = fio(...given, '--continue_on_error=verify', '--output-format=json').said;
    expect(/"total_err" : (\d+)/.exec(json)?.[1]).toBe('2');
    const job = `filename=${file} bs=4k size=64k ${pattern.join(' ')}`;
    const state = 'failed';
    expect(runReal(`${job} continue_on_error=verify`)).toMatchObject([
      { state, ios: 16, verify_errors: 2 },
    ]);
    // Both stop at the third block.
    expect(runReal(job)).toMatchObject([{ state, ios: 3, verify_errors: 1 }]);
    expect(runReal(`${job} continue_on_error=verify verify_fatal=1`)).toMatchObject([
      { state, ios: 3, verify_errors: 1 },
    ]);
  });
});

test.skipIf(hasFio)('fio is not installed: neither verified what the other wrote', () => {});
