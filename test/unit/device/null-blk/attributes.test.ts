import { expect, test } from 'vitest';
import { nullBlkAttributes } from '../../../../src/device/null-blk/attributes.ts';
import type { AttributeValue, AttributeValues } from '../../../../src/units/option.ts';
import { parseValue } from '../../../../src/units/value.ts';

/** The table's defaults, as a job file would have them, with some attributes given. */
function values(given: Readonly<Record<string, string>> = {}): AttributeValues {
  const result: Record<string, AttributeValue> = {};
  for (const option of nullBlkAttributes.options) {
    const text = given[option.name] ?? option.default;
    if (text === null) {
      result[option.name] = null;
      continue;
    }
    const parsed = parseValue(option, text);
    if (!parsed.ok) throw new Error(`${option.name}=${text}: ${parsed.what}`);
    const { value } = parsed;
    if (typeof value === 'object') throw new Error(`${option.name} is no list`);
    result[option.name] = value;
  }
  return result;
}

function refusals(given: Readonly<Record<string, string>>): readonly string[] {
  return nullBlkAttributes
    .refuse(values(given))
    .map(({ attribute, what }) => `${attribute}: ${what}`);
}

function warnings(given: Readonly<Record<string, string>>): readonly string[] {
  const names = new Set(Object.keys(given));
  const all = nullBlkAttributes.warn?.(names, values(given)) ?? [];
  return all.map(({ attribute, what }) => `${attribute}: ${what}`);
}

test('the defaults are taken without a word, and say 250 GiB in a file', () => {
  expect(refusals({})).toEqual([]);
  expect(warnings({})).toEqual([]);
  expect(nullBlkAttributes.facts?.(values())).toEqual({
    sizeBytes: 250 * 2 ** 30,
    logicalBlockBytes: 512,
    copyMaxBytes: 2 ** 27,
    discards: false,
    data: 'file',
  });
});

test('every attribute explains itself', () => {
  for (const { name, help } of nullBlkAttributes.options) expect(help, name).toMatch(/\w.*\.$/);
});

test('data and memory_backed follow each other, and a contradiction is refused', () => {
  const data = (given: Readonly<Record<string, string>>): unknown =>
    nullBlkAttributes.facts?.(values(given)).data;
  expect(data({ memory_backed: '0' })).toBe('none');
  expect(data({ data: 'tags' })).toBe('tags');
  expect(refusals({ memory_backed: '0' })).toEqual([]);
  expect(refusals({ memory_backed: '1', data: 'tags' })).toEqual([]);
  expect(refusals({ memory_backed: '1', data: 'none' })).toHaveLength(1);
  expect(refusals({ memory_backed: '0', data: 'file' })).toHaveLength(1);
});

test.each([
  [{ blocksize: '100' }, 'blocksize'],
  [{ blocksize: '8192' }, 'blocksize'],
  [{ blocksize: '256' }, 'blocksize'],
  [{ queue_mode: '1' }, 'queue_mode'],
  [{ queue_mode: '3' }, 'queue_mode'],
  [{ hw_queue_depth: '0' }, 'hw_queue_depth'],
  [{ submit_queues: '0' }, 'submit_queues'],
  [{ max_sectors: '7' }, 'max_sectors'],
  [{ size: '0m' }, 'size'],
  [{ size: '6k', blocksize: '4096' }, 'size'],
  [{ copy_max_bytes: '100' }, 'copy_max_bytes'],
  [{ copy_max_bytes: '2k', blocksize: '4096' }, 'copy_max_bytes'],
  [{ discard: '1', data: 'none' }, 'discard'],
  [{ data: 'memory', backing_file: 'disk' }, 'backing_file'],
  [{ badblocks: '+1-2 +4-3' }, 'badblocks'],
  [{ badblocks: '+0-99999999' }, 'badblocks'],
  [{ power: '0' }, 'power'],
])('%j is refused, at that attribute alone', (given, attribute) => {
  const found = refusals(given);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(`${attribute}: `);
});

test('all that is wrong is named at once', () => {
  const names = refusals({ blocksize: '100', hw_queue_depth: '0', badblocks: 'x +2-1' });
  expect(names.map((line) => line.split(':')[0])).toEqual([
    'blocksize',
    'hw_queue_depth',
    'badblocks',
    'badblocks',
  ]);
});

test('a copy limit of 0 is valid: the device cannot copy', () => {
  expect(refusals({ copy_max_bytes: '0' })).toEqual([]);
  expect(nullBlkAttributes.facts?.(values({ copy_max_bytes: '0' })).copyMaxBytes).toBe(0);
});

test.each([
  [{ queue_mode: '0' }, 'queue_mode: the bio-based I/O path (0) is no longer available'],
  [{ mbps: '50000' }, 'mbps: 50000 MiB/s are capped at 40960'],
  [{ rotational: '0' }, 'rotational: without effect in this model: the flag only tells others.'],
  [{ blocking: '1' }, 'blocking: without effect'],
  [{ completion_nsec: '5us' }, 'completion_nsec: is used with irqmode=2 only'],
  [{ cache_size: '4m' }, 'cache_size: flushes reach the device'],
  [{ cache_size: '4m', data: 'none' }, 'cache_size: a cache is meaningless'],
  [{ use_per_node_hctx: '1', submit_queues: '4' }, 'submit_queues: use_per_node_hctx=1'],
])('%j is warned of', (given, text) => {
  expect(warnings(given)).toEqual([expect.stringContaining(text)]);
});
