import { expect, test } from 'vitest';
import { formatEnvironment, shardOf } from '../../../src/record/environment.ts';
import { readEnvironment } from '../../../src/record/environment-read.ts';
import { anEnvironment } from '../../support/an-environment.ts';

test('the facts as stable JSON', () => {
  const text = formatEnvironment({
    tool: 'coffer',
    toolVersion: '0.1.0',
    nodeVersion: 'v20.20.2',
    platform: 'linux',
    arch: 'x64',
    kernelRelease: '6.1.0',
    cpuModel: 'Some CPU',
    cpus: 2,
    memoryBytes: 1024,
    argv: ['run', 'a.fio'],
    startedAt: '2026-11-20T12:00:00.000Z',
    endedAt: null,
    real: null,
    ab: null,
    shard: null,
    jobFiles: [
      {
        name: 'a.fio',
        text: '[device nvme0]\n',
        models: [{ name: 'nvme0', model: 'nvme', kind: 'device' }],
      },
    ],
  });
  expect(text).toBe(`{
  "schema_version": 3,
  "tool": "coffer",
  "tool_version": "0.1.0",
  "node_version": "v20.20.2",
  "platform": "linux",
  "arch": "x64",
  "kernel_release": "6.1.0",
  "cpu_model": "Some CPU",
  "cpus": 2,
  "memory_bytes": 1024,
  "argv": [
    "run",
    "a.fio"
  ],
  "started_at": "2026-11-20T12:00:00.000Z",
  "ended_at": null,
  "job_files": [
    {
      "name": "a.fio",
      "models": [
        {
          "kind": "device",
          "name": "nvme0",
          "model": "nvme"
        }
      ],
      "text": "[device nvme0]\\n"
    }
  ]
}
`);
});

test('a shard says which it is, and reads itself back', () => {
  const shard = { index: 2, count: 4, points: 10, runsSha256: 'ab12' };
  const environment = readEnvironment(anEnvironment({ shard }));
  expect(environment?.['shard']).toEqual({ index: 2, count: 4, points: 10, runs_sha256: 'ab12' });
  expect(shardOf(environment ?? {})).toEqual(shard);
});

test.each([
  {},
  { shard: null },
  { shard: { index: 0, count: 4, points: 10, runs_sha256: 'ab' } },
  { shard: { index: 5, count: 4, points: 10, runs_sha256: 'ab' } },
  { shard: { index: '1', count: 4, points: 10, runs_sha256: 'ab' } },
  { shard: { index: 1, count: 4, points: 1.5, runs_sha256: 'ab' } },
  { shard: { index: 1, count: 4, points: 10 } },
])('what is no shard is none: %j', (environment) => {
  expect(shardOf(environment)).toBe(null);
});
