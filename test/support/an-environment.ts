/** The JSON beside a CSV, for tests that need one. */

import { type Environment, formatEnvironment } from '../../src/record/environment.ts';

export const MACHINE: Environment = {
  tool: 'coffer',
  toolVersion: '0.1.0',
  nodeVersion: 'v20.20.0',
  platform: 'linux',
  arch: 'x64',
  kernelRelease: '6.1.0',
  cpuModel: 'one',
  cpus: 2,
  memoryBytes: 8_589_934_592,
  argv: [],
  startedAt: '2026-01-01T00:00:00Z',
  endedAt: null,
  jobFiles: [],
  real: null,
  ab: null,
  shard: null,
};

export function anEnvironment(facts: Partial<Environment> = {}): string {
  return formatEnvironment({ ...MACHINE, ...facts });
}
