import { expect, test } from 'vitest';
import { formatEnvironment } from '../../../src/record/environment.ts';
import { parseEnvironment } from '../../../src/report/environment.ts';

test('reads what run writes', () => {
  const text = formatEnvironment({
    tool: 'coffer',
    toolVersion: '1.2.3',
    nodeVersion: 'v20',
    platform: 'linux',
    arch: 'x64',
    kernelRelease: '6.1',
    cpuModel: 'EPYC',
    cpus: 2,
    memoryBytes: 1,
    argv: ['run', 'a.fio'],
    startedAt: '2026-01-01T00:00:00Z',
    endedAt: null,
    jobFiles: [{ name: 'a.fio', text: '[a]\n', models: [] }],
    ab: null,
    shard: null,
    real: {
      governors: {},
      ioUringDisabled: null,
      targets: [
        {
          path: '/x/y',
          fileSystem: 'xfs',
          mountPoint: '/x',
          mountOptions: [],
          devices: [
            {
              name: 'nvme0n1',
              model: 'M',
              rotational: false,
              scheduler: null,
              logicalBlockBytes: 512,
              physicalBlockBytes: 512,
              writeCache: null,
              copyLimits: {},
            },
          ],
        },
      ],
    },
  });
  const environment = parseEnvironment(text);
  expect(environment?.jobFiles).toEqual([{ name: 'a.fio', text: '[a]\n' }]);
  expect(environment?.facts).toEqual([
    ['command', 'coffer run a.fio'],
    ['coffer', '1.2.3'],
    ['Node', 'v20'],
    ['platform', 'linux'],
    ['architecture', 'x64'],
    ['kernel', '6.1'],
    ['CPU', 'EPYC'],
    ['CPUs', '2'],
    ['started', '2026-01-01T00:00:00Z'],
    ['/x/y', 'xfs at /x, nvme0n1 M'],
  ]);
});

test.each(['', 'no JSON', '[]', 'null'])('is none: %j', (text) => {
  expect(parseEnvironment(text)).toBeNull();
});

test('another shape is left out, not taken', () => {
  expect(
    parseEnvironment('{"cpus": {}, "argv": 3, "job_files": [{"name": 1}], "real": []}'),
  ).toEqual({
    facts: [],
    jobFiles: [],
  });
});
