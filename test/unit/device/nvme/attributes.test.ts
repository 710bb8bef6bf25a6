import { expect, test } from 'vitest';
import { nvmeAttributes, nvmeNamespaceAttributes } from '../../../../src/device/nvme/attributes.ts';
import { nvmeConfig, nvmeNamespaceConfig } from '../../../../src/device/nvme/config.ts';
import type { AttributeValues } from '../../../../src/units/option.ts';

/** A good set of values, in base units. */
const good: AttributeValues = {
  size: 1_073_741_824,
  lba_size: 4096,
  mssrl: 128,
  mcl: 128,
  msrc: 127,
  protection: 0,
  guard: '16b',
  copy_group: 1,
  data: 'file',
  backing_file: null,
  backing_directory: null,
  overwrite: false,
  mdts: 7,
  queues: null,
  queue_depth: 1023,
  behavior: 'spec',
  copy_engine: 'media',
  copy_formats: 1,
  fast_copy: null,
  copy_commands: null,
  channels: 8,
  dies: 4,
  page_size: 16_384,
  read_latency: 50_000,
  program_latency: 600_000,
  program_unit: 65_536,
  channel_bandwidth: 1.2e9,
  pcie_bandwidth: 7e9,
  pcie_latency: 500,
  command_time: 500,
  firmware_read_latency: 5000,
  write_cache: 67_108_864,
  write_cache_latency: 5000,
  copy_bandwidth: 4e9,
  copy_setup: 5000,
  clone_time: 2000,
  deallocate_time: 10_000,
};

const refused = (changes: AttributeValues): string[] =>
  nvmeAttributes.refuse({ ...good, ...changes }).map(({ attribute }) => attribute);

test('good values are taken, and so are copy limits of 0', () => {
  expect(refused({})).toEqual([]);
  expect(refused({ mssrl: 0, mcl: 0 })).toEqual([]);
  expect(refused({ write_cache: 0 })).toEqual([]);
});

test.each([
  ['lba_size', { lba_size: 0 }],
  ['lba_size', { lba_size: 1000 }],
  ['lba_size', { lba_size: 8192 }],
  ['size', { size: 4097 }],
  ['size', { size: 0 }],
  ['queue_depth', { queue_depth: 0 }],
  ['queue_depth', { queue_depth: 4096 }],
  ['queues', { queues: 0 }],
  ['channels', { channels: 0 }],
  ['pcie_bandwidth', { pcie_bandwidth: 0 }],
  ['copy_bandwidth', { copy_bandwidth: 0 }],
  ['page_size', { page_size: 5000 }],
  ['program_unit', { program_unit: 24_576 }],
  ['write_cache', { write_cache: 4096 }],
  ['backing_file', { backing_file: 'x', data: 'tags' }],
] as const)('%s is refused in %o', (attribute, changes) => {
  expect(refused(changes)).toContain(attribute);
});

test('every mistake is named at once, each with what to do', () => {
  const refusals = nvmeAttributes.refuse({ ...good, lba_size: 0, queue_depth: 0, dies: 0 });
  expect(refusals.map(({ attribute }) => attribute)).toEqual(['lba_size', 'queue_depth', 'dies']);
  for (const { what } of refusals) expect(what).toMatch(/give/);
});

test('a further namespace needs its controller', () => {
  const table = nvmeNamespaceAttributes;
  const named = (controller: string | null) => table.refuse({ ...good, controller });
  expect(named('nvme0')).toEqual([]);
  expect(named(null).map(({ attribute }) => attribute)).toEqual(['controller']);
});

test('every value of a profile is an option, and every default stands in its example', () => {
  const names = new Set(nvmeAttributes.options.map(({ name }) => name));
  const profiles = Object.entries(nvmeAttributes.profiles ?? {});
  expect(profiles.map(([name]) => name)).toEqual([
    'example',
    'nvme-gen3',
    'nvme-gen4',
    'nvme-gen5',
  ]);
  for (const [, { source, values }] of profiles) {
    expect(source).toMatch(/\[[SM]\]/);
    for (const name of Object.keys(values)) expect(names).toContain(name);
  }
  const example = nvmeAttributes.profiles?.['example']?.values ?? {};
  for (const [name, value] of Object.entries(example)) {
    const option = nvmeAttributes.options.find((candidate) => candidate.name === name);
    expect(`${name}=${option?.default}`).toBe(`${name}=${value}`);
  }
});

test('facts and configuration agree', () => {
  expect(nvmeAttributes.facts?.(good)).toEqual({
    sizeBytes: 1_073_741_824,
    logicalBlockBytes: 4096,
    copyMaxBytes: 524_288,
    discards: true,
    data: 'file',
  });
  expect(nvmeAttributes.facts?.({ ...good, mcl: 0 })?.copyMaxBytes).toBe(0);
  expect(nvmeAttributes.facts?.({ ...good, mssrl: 65_535 })?.copyMaxBytes).toBe(134_213_632);
  expect(nvmeNamespaceConfig(good)).toMatchObject({ lbaBytes: 4096, msrc: 127 });
  expect(nvmeConfig(good).timing).toMatchObject({ pcieBytesPerNs: 7, programNs: 600_000 });
  expect(nvmeConfig(good).queues).toBeNull();
  expect(nvmeConfig(good)).toMatchObject({ fastCopy: false, copyCommands: Infinity });
  expect(nvmeConfig({ ...good, copy_engine: 'clone' }).fastCopy).toBe(true);
  const guarded = { ...good, protection: 3, guard: '64b' };
  expect(nvmeNamespaceConfig(guarded)).toMatchObject({ protection: 3, guardBits: 64 });
});
