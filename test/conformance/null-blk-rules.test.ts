/**
 * null_blk against what Linux 7.2 answered (../shared/vectors/null-blk-rules.jsonl), line by line
 * in its order; each line below is found by what it says, and `held` counts that none was
 * overlooked.
 */

import { expect, test } from 'vitest';
import { Operation } from '../../src/block/operation.ts';
import { ConfigfsDirectory } from '../../src/device/null-blk/configfs.ts';
import { nullBlkLimits } from '../../src/device/null-blk/limits.ts';
import { errnoOf, Status } from '../../src/workload/status.ts';
import { NullBlkWorld } from '../support/null-blk-world.ts';
import { type VectorLine as Line, vectorLines } from '../support/vectors.ts';

const CPUS = 2;
const lines = vectorLines('null-blk-rules.jsonl');
const held = new Set<Line>();

function find(type: string, match: Readonly<Record<string, unknown>> = {}): Line {
  const found = lines.find(
    (line) =>
      line.type === type &&
      Object.entries(match).every(
        ([key, value]) => JSON.stringify(line[key]) === JSON.stringify(value),
      ),
  );
  if (found === undefined) throw new Error(`no ${type} line with ${JSON.stringify(match)}`);
  held.add(found);
  return found;
}

function isZoned(line: Line): boolean {
  if (line.type === 'zoned') return true;
  const attrs: unknown = line['attrs'] ?? line['set'];
  return typeof attrs === 'object' && attrs !== null && 'zoned' in attrs;
}

function isZoneAttribute(name: string): boolean {
  return name.startsWith('zone_') || name === 'zoned';
}

function entries(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function directory(set: unknown): ConfigfsDirectory {
  const made = new ConfigfsDirectory(CPUS);
  for (const [name, value] of entries(set)) made.write(name, String(value));
  return made;
}

function readText(device: ConfigfsDirectory, name: string): string {
  const answer = device.read(name);
  return answer.ok ? answer.text : `E:${answer.errno}`;
}

/** As the recorder summarised a read. */
function summary(content: Uint8Array | string): unknown {
  if (typeof content === 'string') return content;
  const first = content[0] ?? 0;
  return {
    n: content.length,
    first: first.toString(16).padStart(2, '0'),
    uniform: content.every((byte) => byte === first),
  };
}

function world(set: Readonly<Record<string, unknown>>): {
  readonly device: ConfigfsDirectory;
  readonly world: NullBlkWorld;
} {
  const device = directory({ size: 64, ...set, power: 1 });
  if (device.config === null) throw new Error('powered on');
  return { device, world: new NullBlkWorld(device.config, device.badblocks) };
}

const memory = { memory_backed: 1, discard: 1 };

test('features: every attribute but the zone ones, and v20 copy_max_bytes', () => {
  const recorded = String(find('configfs_features')['features'])
    .split(',')
    .filter((name) => !isZoneAttribute(name));
  const names = new ConfigfsDirectory(CPUS).names;
  expect(names.filter((name) => name !== 'copy_max_bytes')).toEqual(recorded);
});

test('defaults', () => {
  const fresh = new ConfigfsDirectory(CPUS);
  const recorded = entries(find('configfs_defaults')['attrs']);
  const attributes = recorded.filter(([name]) => !isZoneAttribute(name));
  expect(attributes.length).toBeGreaterThan(20);
  expect(attributes.map(([name]) => [name, readText(fresh, name)])).toEqual(attributes);
});

test('queue limits of a memory-backed device with discard', () => {
  const { world: made } = world(memory);
  const limits = made.device.blockDevice.limits;
  const shown: Readonly<Record<string, unknown>> = {
    discard_max_bytes: limits.maxDiscardSectors * 512,
    discard_max_hw_bytes: limits.maxDiscardSectors * 512,
    logical_block_size: limits.logicalBlockBytes,
    max_hw_sectors_kb: limits.maxHwSectors >> 1,
    max_sectors_kb: limits.maxSectors >> 1,
    max_segment_size: limits.maxSegmentBytes,
    max_segments: limits.maxSegments,
    virt_boundary_mask: limits.virtBoundaryBytes,
    write_cache: limits.writeCache ? 'write back' : 'write through',
    write_zeroes_max_bytes: limits.maxWriteZeroesSectors * 512,
  };
  const recorded = new Map(entries(find('null_blk_queue')['attrs']));
  for (const [name, value] of Object.entries(shown)) {
    expect(String(value), name).toBe(recorded.get(name));
  }
});

test('power on refused', () => {
  const refused = lines.filter((line) => line.type === 'power_failed' && !isZoned(line));
  expect(refused).toHaveLength(3);
  for (const line of refused) {
    held.add(line);
    const device = directory(line['attrs']);
    expect(device.write('power', '1'), JSON.stringify(line['attrs'])).toBe(line['errno']);
    expect(readText(device, 'power')).toBe('0');
  }
});

test('a negative completion_nsec is refused when written', () => {
  const line = find('attr_write_failed');
  const device = new ConfigfsDirectory(CPUS);
  expect(device.write(String(line['attr']), String(line['value']))).toBe(line['errno']);
});

test('attributes as they are after power on', () => {
  const rules = lines.filter((line) => line.type === 'attr_rule' && !isZoned(line));
  expect(rules).toHaveLength(4);
  for (const line of rules) {
    held.add(line);
    const device = directory(line['set']);
    device.write('power', '1');
    const after = new Map(entries(line['after']));
    expect(device.config !== null).toBe(after.get('powered'));
    if (device.config === null) continue;
    const limits = nullBlkLimits(device.config);
    expect(String(limits.logicalBlockBytes)).toBe(after.get('lbs'));
    expect(String(limits.maxDiscardSectors * 512)).toBe(after.get('disc'));
    for (const [name] of entries(line['set'])) {
      expect(readText(device, name), name).toBe(after.get(name));
    }
  }
});

test('writes while the device is powered on', () => {
  const values = new Map([
    ['submit_queues', '2'],
    ['badblocks', '+1-2'],
  ]);
  const { device } = world({});
  const recorded = entries(find('write_while_powered')['result']);
  for (const [name, expected] of recorded.filter(([name]) => !isZoneAttribute(name))) {
    const errno = device.write(name, values.get(name) ?? '1');
    expect(errno ?? `ok ${readText(device, name)}`, name).toBe(expected);
  }
});

test('memory_backed: reads, writes, discards', () => {
  const { world: made } = world(memory);
  const read = (offset: number, bytes: number): unknown => summary(made.pread(offset, bytes));
  const mem = (name: string): Line => find('mem', { case: name });
  expect(read(0, 4096)).toEqual(mem('unwritten read')['r']);
  made.pwrite(512, 512, 0x22);
  expect([read(0, 512), read(512, 512), read(1024, 512)]).toEqual(
    mem('read page around 512 write')['r'],
  );
  expect(made.pwrite(64 * 1024 * 1024 - 512, 1024, 1)).toBe(mem('write crossing end')['r']);
  expect(made.pwrite(100, 512, 1)).toBe(mem('unaligned offset 100')['r']);
  made.pwrite(4096, 4096, 0x33);
  const whole = mem('BLKDISCARD 4096+4096');
  expect(errnoOf(Status.OK)).toBe(String(whole['r']));
  expect(made.run(Operation.DISCARD, 4096, 4096).status).toBe(Status.OK);
  expect(read(4096, 4096)).toEqual(whole['after']);
  made.pwrite(4096, 4096, 0x33);
  const inside = mem('BLKDISCARD 512 inside a page');
  expect(made.run(Operation.DISCARD, 4608, 512).status).toBe(Status.OK);
  expect([read(4096, 512), read(4608, 512), read(5120, 512)]).toEqual(inside['after']);
  // The device takes no WRITE_ZEROES, so BLKZEROOUT writes zero pages.
  expect(made.run(Operation.WRITE_ZEROES, 4096, 4096).status).toBe(Status.NOTSUPP);
  expect(made.pwrite(4096, 4096, 0)).toBe(4096);
  expect(read(4096, 4096)).toEqual(mem('BLKZEROOUT 4096+4096')['after']);
});

/** 512 B at 4096 + 512 * (0, 7, 8, 10, 15). */
function fiveReads(made: NullBlkWorld): unknown[] {
  return [0, 7, 8, 10, 15].map((block) => summary(made.pread(4096 + 512 * block, 512)));
}

test('badblocks: the whole request fails, nothing is written', () => {
  const { device, world: made } = world(memory);
  // Lines that are not in the file wrote 0x44 to sectors 8..15 and 18 before.
  made.pwrite(4096, 4096, 0x44);
  made.pwrite(18 * 512, 512, 0x44);
  expect(device.write('badblocks', '+16-17')).toBeNull();
  const single = find('badblocks', { off: 8704, len: 512 });
  expect(made.pread(8704, 512)).toBe(single['read']);
  expect(made.pwrite(8704, 512, 0x44)).toBe(single['write']);
  expect(made.pwrite(4096, 8192, 0x55)).toBe('EIO');
  const after = 'after the failed write 4096+8192: how much was written';
  expect(fiveReads(made)).toEqual(find('badblocks', { case: after })['r']);
});

test('badblocks: what the attribute refuses, and the list that stays', () => {
  const { device } = world(memory);
  device.write('badblocks', '+16-17');
  // A line that is not in the file cleared sector 16.
  device.write('badblocks', '-16-16');
  const backwards = find('badblocks', { case: '+17-16' });
  expect(device.write('badblocks', '+17-16')).toBe(backwards['r']);
  expect(readText(device, 'badblocks')).toBe(backwards['list']);
  const tooMany = find('badblocks', { case: '+0-99999999' });
  expect(device.write('badblocks', '+0-99999999')).toBe(tooMany['r']);
  expect(readText(device, 'badblocks')).toBe(tooMany['list']);
});

test('badblocks_partial_io: what lies before the bad block is written', () => {
  const line = find('badblocks', { attr: 'badblocks_partial_io' });
  expect(readText(new ConfigfsDirectory(CPUS), 'badblocks_partial_io')).toBe(line['value']);
  const { device, world: made } = world({ ...memory, badblocks_partial_io: 1 });
  device.write('badblocks', '+16-17');
  const partial = find('badblocks', { case: 'partial_io write 4096+8192' });
  expect(made.pwrite(4096, 8192, 0x55)).toBe(partial['r']);
  expect(fiveReads(made)).toEqual(partial['after']);
});

test('memory_backed=0: a write is lost, a read leaves the zeroed buffer', () => {
  const line = find('nomem');
  const { world: made } = world({});
  expect(made.pwrite(0, 4096, 0x11)).toBe(line['w']);
  const io = made.run(Operation.READ, 0, 4096, 0);
  expect(io.status).toBe(Status.OK);
  // The device keeps no content: the buffer is still as its owner left it.
  expect(summary(io.buffer?.content.slice(0, 4096) ?? '')).toEqual(line['r']);
});

test('no line was overlooked', () => {
  const left = lines.filter(
    (line) => !held.has(line) && !isZoned(line) && line.type !== 'module_parameters',
  );
  expect(left).toEqual([]);
});
