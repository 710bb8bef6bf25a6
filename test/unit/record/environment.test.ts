import { expect, test } from 'vitest';
import { formatEnvironment } from '../../../src/record/environment.ts';

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
    jobFiles: [
      {
        name: 'a.fio',
        text: '[device nvme0]\n',
        models: [{ name: 'nvme0', model: 'nvme', kind: 'device' }],
      },
    ],
  });
  expect(text).toBe(`{
  "schema_version": 2,
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
