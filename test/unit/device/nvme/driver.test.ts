/** The host driver over the controller, through the block layer. */

import { expect, test } from 'vitest';
import { Operation } from '../../../../src/block/operation.ts';
import { Account } from '../../../../src/measure/account.ts';
import { present } from '../../../../src/units/assert.ts';
import { Status } from '../../../../src/workload/status.ts';
import {
  config,
  type Io,
  NvmeWorld,
  namespaceConfig,
  timing,
} from '../../../support/nvme-world.ts';

const KIB = 1024;

/** Fills a buffer with a pattern of its own. */
function filled(world: NvmeWorld, bytes: number, seed: number) {
  const buffer = world.buffer(bytes);
  for (let at = 0; at < bytes; at += 1)
    buffer.content[at] = (at * 31 + seed * 7 + (at >> 9)) & 0xff;
  return buffer;
}

test('data written is data read, over one page, two, and a list', () => {
  const world = new NvmeWorld({ data: 'memory' });
  for (const bytes of [4096, 8192, 12_288, 128 * KIB, 512 * KIB]) {
    const from = filled(world, bytes, bytes);
    const to = world.buffer(bytes);
    const write = world.io(Operation.WRITE, 4096, bytes, from.address);
    world.submit([write]);
    world.run([write]);
    const read = world.io(Operation.READ, 4096, bytes, to.address);
    world.submit([read]);
    world.run([read]);
    expect([write.status, read.status]).toEqual([Status.OK, Status.OK]);
    expect(Buffer.compare(to.content, from.content)).toBe(0);
  }
});

test('merged bios with buffers apart go as one command over a PRP list', () => {
  const world = new NvmeWorld({ data: 'memory' });
  const buffers = [1, 2, 3].map((seed) => filled(world, 8192, seed));
  const before = world.account.commands;
  const ios = buffers.map(({ address }, index) =>
    world.io(Operation.WRITE, index * 8192, 8192, address),
  );
  world.submit(ios);
  world.run(ios);
  expect(world.account.commands - before).toBe(1);
  const to = world.buffer(24_576);
  const read = world.io(Operation.READ, 0, 24_576, to.address);
  world.submit([read]);
  world.run([read]);
  buffers.forEach(({ content }, index) => {
    const piece = to.content.subarray(index * 8192, (index + 1) * 8192);
    expect(Buffer.compare(piece, content)).toBe(0);
  });
});

test('a copy moves content inside the device, and says what it cost', () => {
  const world = new NvmeWorld({ data: 'tags' });
  world.device.content.layOut(0, 32);
  const ios = world.copy(0, 4096 * KIB, 64 * KIB);
  world.run(ios);
  expect(ios.map(({ status }) => status)).toEqual([Status.OK, Status.OK]);
  const into = new Float64Array(32);
  world.device.content.fingerprints(0, 16, into, 0);
  world.device.content.fingerprints(1024, 16, into, 16);
  expect(into.subarray(16)).toEqual(into.subarray(0, 16));
  expect(world.account).toMatchObject({
    commands: 1,
    pcieTxBytes: 64 + 32,
    pcieRxBytes: 16,
    mediaReadBytes: 64 * KIB,
    mediaWriteBytes: 64 * KIB,
  });
});

test('a lone half of a pair is an I/O error', () => {
  const world = new NvmeWorld();
  const lone = world.io(Operation.COPY_DST, 0, 4096);
  world.submit([lone]);
  expect(world.run([lone])).toBeGreaterThanOrEqual(0);
  expect(lone.status).toBe(Status.IOERR);
});

test('MCL below MSSRL: the driver does not look, the device refuses', () => {
  const world = new NvmeWorld({ namespaces: [{ ...namespaceConfig, mssrl: 16, mcl: 8 }] });
  expect(world.device.blockDevice.limits.maxCopySectors).toBe(128);
  const good = world.copy(0, 4096 * KIB, 8 * 4096);
  world.run(good);
  expect(good[0].status).toBe(Status.OK);
  const refused = world.copy(0, 4096 * KIB, 9 * 4096);
  world.run(refused);
  expect(refused[0].status).toBe(Status.IOERR);
});

test('a discarded block reads as zeros, and so does one of write zeroes', () => {
  const world = new NvmeWorld({ data: 'memory' });
  for (const operation of [Operation.DISCARD, Operation.WRITE_ZEROES]) {
    world.device.content.layOut(0, 4);
    const ios = [world.io(operation, 4096, 8192)];
    world.submit(ios);
    world.run(ios);
    const into = new Float64Array(4);
    world.device.content.fingerprints(0, 4, into, 0);
    expect([...into].map((tag) => tag === 0)).toEqual([false, true, true, false]);
  }
});

test('namespaces share queues and media, and keep their own content and counts', () => {
  const second = { ...namespaceConfig, lbaBytes: 512, sizeBytes: 1024 * KIB, mssrl: 0 };
  const world = new NvmeWorld({ data: 'memory', namespaces: [namespaceConfig, second] });
  const device = present(world.devices[1], 'the second');
  expect(device.blockDevice.capacitySectors).toBe(2048);
  expect(device.blockDevice.limits.maxCopySectors).toBe(0);
  const from = filled(world, 4096, 9);
  const write = world.io(Operation.WRITE, 512, 4096, from.address);
  world.submit([write], device);
  world.run([write]);
  expect(device.totals.commands).toBe(1);
  const to = world.buffer(4096);
  const read = world.io(Operation.READ, 512, 4096, to.address);
  world.submit([read], device);
  world.run([read]);
  expect(Buffer.compare(to.content, from.content)).toBe(0);
  const elsewhere = world.io(Operation.READ, 0, 4096, to.address);
  world.submit([elsewhere]);
  world.run([elsewhere]);
  expect(to.content.every((byte) => byte === 0)).toBe(true);
});

test('more requests than command ids: two namespaces wait for each other and both end', () => {
  const namespaces = [namespaceConfig, namespaceConfig];
  const world = new NvmeWorld({ config: { ...config, queueDepth: 4 }, namespaces });
  const ios: Io[] = [];
  for (const device of world.devices) {
    const mine = Array.from({ length: 4 }, (_, index) => {
      const address = world.buffer(4096).address;
      return world.io(Operation.READ, index * 10 * 4096, 4096, address);
    });
    ios.push(...mine);
    world.submit(mine, device);
  }
  world.run(ios);
  expect(ios.map(({ status }) => status)).toEqual(new Array(8).fill(Status.OK));
  expect(world.devices.map(({ totals }) => totals.commands >= 4)).toEqual([true, true]);
});

test('queues wrap around and phases turn: thousands of reads, depth 63', () => {
  const world = new NvmeWorld();
  const address = world.buffer(4096).address;
  for (let round = 0; round < 50; round += 1) {
    const ios = Array.from({ length: 63 }, (_, index) =>
      world.io(Operation.READ, ((round * 63 + index * 5) % 4000) * 4096, 4096, address),
    );
    world.submit(ios);
    world.run(ios);
  }
  expect(world.account.commands).toBe(50 * 63);
});

test('accounts and background sum to the totals of each namespace', () => {
  const world = new NvmeWorld({ namespaces: [namespaceConfig, namespaceConfig] });
  const accounts = world.devices.map((device, index) => {
    const address = world.buffer(64 * KIB).address;
    const ios = [
      world.io(Operation.WRITE, 0, 4096, address, index === 1),
      world.io(Operation.READ, 128 * KIB, 64 * KIB, address),
      world.io(Operation.FLUSH, 0, 0),
      world.io(Operation.DISCARD, 0, 4096),
      world.io(Operation.COPY_DST, 1024 * KIB, 8192),
      world.io(Operation.COPY_SRC, 0, 8192),
    ];
    const account = new Account();
    for (const io of ios) io.bio.account = account;
    world.submit(ios, device);
    world.run(ios);
    return account;
  });
  world.devices.forEach(({ totals, background }, index) => {
    const sum = new Account();
    sum.add(present(accounts[index], 'each'));
    sum.add(background);
    for (const name of [
      'commands',
      'pcieTxBytes',
      'pcieRxBytes',
      'mediaReadBytes',
      'mediaWriteBytes',
    ] as const) {
      expect(`${name} ${sum[name]}`).toBe(`${name} ${totals[name]}`);
    }
    expect(totals.commands).toBeGreaterThan(4);
  });
  expect(world.device.background.commands).toBeGreaterThan(5);
});

test('a request that takes longer than 30 s is aborted and times out', () => {
  const slow = { ...timing, copyBytesPerNs: 1e-6 };
  const world = new NvmeWorld({ config: { ...config, timing: slow } });
  const fromNs = world.simulation.nowNs;
  const ios = world.copy(0, 1024 * KIB, 64 * KIB);
  expect(world.device.describeWaiting()).toContain('copy-dst');
  const tookNs = world.run(ios, fromNs);
  expect(ios.map(({ status }) => status)).toEqual([Status.TIMEOUT, Status.TIMEOUT]);
  expect(tookNs).toBeGreaterThan(30e9);
  expect(tookNs).toBeLessThan(31e9);
  // What it went on to cost is the background's, and the device works on.
  world.settle(60e9);
  expect(world.device.totals.mediaWriteBytes).toBe(
    world.account.mediaWriteBytes + world.device.background.mediaWriteBytes,
  );
  const address = world.buffer(4096).address;
  const read = world.io(Operation.READ, 0, 4096, address);
  world.submit([read]);
  world.run([read]);
  expect(read.status).toBe(Status.OK);
  expect(world.device.describeWaiting()).toBeNull();
});

test('the queue has as many hardware queues as the controller gives', () => {
  const costs = { ...new NvmeWorld().host.costs, cpus: 8 };
  expect(hardwareQueues(new NvmeWorld({ costs }))).toBe(8);
  expect(hardwareQueues(new NvmeWorld({ costs, config: { ...config, queues: 3 } }))).toBe(3);
});

function hardwareQueues(world: NvmeWorld): number {
  const device = world.device.blockDevice;
  if (!('hardwareQueues' in device) || !Array.isArray(device.hardwareQueues)) return -1;
  return device.hardwareQueues.length;
}
