import { expect, test } from 'vitest';
import { differingEnvironments } from '../../../src/compare/environments.ts';
import type { Environment } from '../../../src/record/environment.ts';
import { anEnvironment } from '../../support/an-environment.ts';

const DISK = {
  name: 'nvme0n1',
  model: 'disk',
  rotational: false,
  scheduler: 'none',
  logicalBlockBytes: 512,
  physicalBlockBytes: 4096,
  writeCache: 'write back',
  copyLimits: {},
};

const TARGET = {
  path: '/mnt/a',
  fileSystem: 'xfs',
  mountPoint: '/mnt',
  mountOptions: ['rw'],
  devices: [DISK],
};

const REAL = { governors: { powersave: [0, 1] }, ioUringDisabled: 0, targets: [TARGET] };

function differing(
  other: Partial<Environment>,
  base: Partial<Environment> = {},
): readonly string[] {
  return differingEnvironments([
    { path: 'a.json', text: anEnvironment(base) },
    { path: 'b.json', text: anEnvironment(other) },
  ]);
}

test('times, command lines, small updates of Node and some memory do not matter', () => {
  const later = {
    argv: ['x'],
    endedAt: 'now',
    nodeVersion: 'v20.21.3',
    memoryBytes: 8_590_000_000,
  };
  expect(differing(later)).toEqual([]);
});

test('each fact that matters is named, with both values', () => {
  expect(differing({ nodeVersion: 'v22.1.0', kernelRelease: '6.2.0', cpus: 4 })).toEqual([
    'b.json: node_version is v22, in a.json v20',
    'b.json: kernel_release is 6.2.0, in a.json 6.1.0',
    'b.json: cpus is 4, in a.json 2',
  ]);
});

test('of real targets: what they lie on, how it is mounted and driven', () => {
  // A disk may have another name after a boot.
  const devices = [{ ...DISK, name: 'nvme1n1', scheduler: 'bfq' }];
  const other = {
    governors: { performance: [0, 1] },
    ioUringDisabled: 0,
    targets: [{ ...TARGET, mountOptions: ['ro'], devices }],
  };
  expect(differing({ real: other }, { real: REAL })).toEqual([
    'b.json: governors is {"performance":[0,1]}, in a.json {"powersave":[0,1]}',
    'b.json: /mnt/a: mount_options is ["ro"], in a.json ["rw"]',
    'b.json: /mnt/a: device 1: scheduler is bfq, in a.json none',
  ]);
  expect(differing({ real: REAL })).toContain(
    'b.json: /mnt/a: file_system is xfs, in a.json absent',
  );
});

test('what is not there, or is not ours, counts as different', () => {
  const known = { path: 'a.json', text: anEnvironment() };
  expect(differingEnvironments([known, { path: 'b.json', text: null }])).toEqual([
    'b.json: is not there, so nothing tells where its CSV ran',
  ]);
  expect(differingEnvironments([{ path: 'b.json', text: '{"name":"npm"}' }, known])).toEqual([
    'b.json: is no environment that coffer wrote, so nothing tells where its CSV ran',
  ]);
  expect(differingEnvironments([{ path: 'b.json', text: '{' }])).toHaveLength(1);
});
