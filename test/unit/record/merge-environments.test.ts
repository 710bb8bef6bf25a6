import { expect, test } from 'vitest';
import { type Fields, readEnvironment, startedAtOf } from '../../../src/record/environment-read.ts';
import {
  differingFacts,
  formatDifferingFact,
  mergeEnvironments,
} from '../../../src/record/merge-environments.ts';
import type { Environment } from '../../../src/record/environment.ts';
import { isEnvironment } from '../../../src/runner/machine.ts';
import { anEnvironment } from '../../support/an-environment.ts';

function shards(...facts: readonly Partial<Environment>[]) {
  return facts.map((each, place) => {
    const shard = { index: place + 1, count: facts.length };
    const text = anEnvironment({ ...each, shard: { ...shard, points: 4, runsSha256: 'ab' } });
    return { shard, environment: readEnvironment(text) ?? {} };
  });
}

const TIMES = [
  { argv: ['run', 'a'], startedAt: '2026-01-01T00:00:00Z', endedAt: '2026-01-01T00:10:00Z' },
  { argv: ['run', 'b'], startedAt: '2026-01-01T00:05:00Z', endedAt: '2026-01-01T00:20:00Z' },
];

function merged(...facts: readonly Partial<Environment>[]): Fields {
  const text = mergeEnvironments(shards(...facts), ['merge']);
  expect(isEnvironment(text)).toBe(true);
  return readEnvironment(text) ?? {};
}

test('what all shards share is told as of one run, from the first start to the last end', () => {
  const json = merged(...TIMES);
  expect(json).toMatchObject({ cpu_model: 'one', cpus: 2, argv: ['merge'] });
  expect(startedAtOf(json)).toBe('2026-01-01T00:00:00Z');
  expect(json['ended_at']).toBe('2026-01-01T00:20:00Z');
  expect('shard' in json).toBe(false);
  expect(json['shards']).toEqual([
    {
      shard: '1/2',
      argv: ['run', 'a'],
      started_at: TIMES[0]?.startedAt,
      ended_at: TIMES[0]?.endedAt,
    },
    {
      shard: '2/2',
      argv: ['run', 'b'],
      started_at: TIMES[1]?.startedAt,
      ended_at: TIMES[1]?.endedAt,
    },
  ]);
});

test('what differs is a list, and each shard says its own', () => {
  const json = merged({ cpus: 2 }, { cpus: 4 }, { cpus: 2 });
  expect(json['cpus']).toEqual([2, 4]);
  expect(json['shards']).toMatchObject([{ cpus: 2 }, { cpus: 4 }, { cpus: 2 }]);
  const facts = differingFacts(shards({ cpus: 2 }, { cpus: 4 }, { cpus: 2 }));
  expect(facts.map(formatDifferingFact)).toEqual(['cpus: 2 (1/3, 3/3), 4 (2/3)']);
});

test('an end that one shard does not know is not known', () => {
  expect(merged({ endedAt: '2026-01-01T00:10:00Z' }, { endedAt: null })['ended_at']).toBe(null);
});

const REAL = { governors: { performance: [0] }, ioUringDisabled: 0 };
const target = (path: string) => ({
  path,
  fileSystem: 'xfs',
  mountPoint: '/',
  mountOptions: null,
  devices: [],
});

test('facts of real targets are kept apart', () => {
  const json = merged(
    { real: { ...REAL, targets: [target('/a')] } },
    { real: { ...REAL, ioUringDisabled: 2, targets: [target('/a'), target('/b')] } },
  );
  expect(json['real']).toMatchObject({
    governors: { performance: [0] },
    io_uring_disabled: [0, 2],
    targets: [{ path: '/a' }, { path: '/b' }],
  });
});

test('what would fill a screen is not written out', () => {
  const [one, other] = [{ cpuModel: 'x'.repeat(100) }, { cpuModel: 'y' }];
  expect(differingFacts(shards(one, other)).map(formatDifferingFact)).toEqual([
    'cpu_model: one (1/2), "y" (2/2)',
  ]);
});
