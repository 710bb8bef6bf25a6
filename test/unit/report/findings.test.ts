/** What the sentences of a report say, and what they do not. */

import { describe, expect, test } from 'vitest';
import { contestsOf } from '../../../src/report/contest.ts';
import { headline, losses, percent, savings } from '../../../src/report/findings.ts';
import { type Cells, plotted, sweep } from '../../support/plot-rows.ts';

const MIB = 1_048_576;

/** One point: throughput in MiB/s by path. */
function point(speeds: Readonly<Record<string, number>>, more: Cells = {}) {
  return Object.entries(speeds).map(([path, speed]) =>
    plotted({ path, point: `path=${path}`, bandwidth_bytes_per_s: speed * MIB, ...more }),
  );
}

describe('who won', () => {
  test('under the virtual clock every lead of more than a hundredth', () => {
    expect(contestsOf(point({ offload: 102, 'read-write': 100 }))[0]?.verdict).toBe('won');
    expect(contestsOf(point({ offload: 100.5, 'read-write': 100 }))[0]?.verdict).toBe('level');
  });

  test('nobody, by one repetition in wall time', () => {
    const contests = contestsOf(point({ offload: 500, 'read-write': 100 }, { clock: 'wall' }));
    expect(contests[0]?.verdict).toBe('undecided');
    expect(headline(contests)).toEqual([
      'Of the one point, no path won any.',
      'In 1 these repetitions cannot tell the first two apart (wall clock).',
    ]);
  });

  test.each([
    [10, 'won'],
    [60, 'undecided'],
  ])('in wall time where intervals part: spread %i', (spread, verdict) => {
    const rows = sweep({
      sizes: [4096],
      repetitions: 6,
      cells: (path, _, repetition) => ({
        clock: 'wall',
        bandwidth_bytes_per_s: (path === 'offload' ? 150 : 100) + (spread * repetition) / 6,
      }),
    });
    expect(contestsOf(rows)[0]?.verdict).toBe(verdict);
  });

  test.each([
    [2, 'undecided'],
    [5, 'undecided'],
    [6, 'won'],
  ])('in wall time by %i repetitions apart', (repetitions, verdict) => {
    const rows = sweep({
      sizes: [4096],
      repetitions,
      cells: (path, _, repetition) => ({
        clock: 'wall',
        bandwidth_bytes_per_s: (path === 'offload' ? 500 : 100) + repetition,
      }),
    });
    expect(contestsOf(rows)[0]?.verdict).toBe(verdict);
  });

  test('level is a verdict, too: it takes as much evidence', () => {
    const level = (repetitions: number) =>
      sweep({
        sizes: [4096],
        repetitions,
        cells: () => ({ clock: 'wall', bandwidth_bytes_per_s: 100 }),
      });
    expect(contestsOf(level(2))[0]?.verdict).toBe('undecided');
    expect(contestsOf(level(6))[0]?.verdict).toBe('level');
  });

  test('is told by points, with the clearest win and loss', () => {
    const cells = (path: string, bs_bytes: number): Cells => {
      const fast = (path === 'offload') === (bs_bytes === 4096);
      return { bandwidth_bytes_per_s: (fast ? 300 : 100) * MIB };
    };
    expect(headline(contestsOf(sweep({ sizes: [4096, MIB], cells })))).toEqual([
      'Of 2 points, the fastest path was offload in 1, read-write in 1.',
      'Offload was beaten in 1 of 2.',
      'Offload won most clearly at bs=4k: offload 300 MiB/s, read-write 100 MiB/s (3.00 times).',
      'Offload lost most clearly at bs=1m: read-write 300 MiB/s, offload 100 MiB/s (3.00 times).',
    ]);
  });

  test('nothing is won where one path was asked for, or nothing copied', () => {
    expect(headline(contestsOf(point({ offload: 1 })))).toEqual([
      'All copies were asked for on one path (offload): there is none to compare.',
    ]);
    expect(headline(contestsOf([plotted({ direction: 'read' })]))).toEqual([
      'The record holds no copies, so there is no path to compare.',
    ]);
  });
});

test('savings are by the byte, against read-write; what is not known is not told', () => {
  const rows = ['offload', 'read-write'].map((path) =>
    plotted({ path, bandwidth_bytes_per_s: MIB, host_cpu_ns: path === 'offload' ? 25 : 100 }),
  );
  expect(savings(contestsOf(rows))).toEqual([
    'Per byte copied, offload took 25 % of the host CPU time of read-write, at one point.',
  ]);
});

describe('why offload lost', () => {
  const lost = (cells: Cells) => {
    const rows = point({ offload: 50, emulation: 99, 'read-write': 100 });
    const [offload, ...others] = rows;
    return losses(
      contestsOf([...(offload ? [plotted({ ...offload.row, ...cells })] : []), ...others]),
    );
  };

  test('is what the rows count, also where the first two are level', () => {
    expect(lost({ splits: 12 })).toEqual([
      {
        reason: '12 splits by limits in 1000 I/Os.',
        points: ['the one point (50 % of read-write)'],
      },
    ]);
  });

  test('is not made up', () => {
    expect(lost({})[0]?.reason).toBe(
      'The rows of offload count no fallback, split or error; what bounded the device, the ' +
        'record does not say.',
    );
  });

  test('names what was taken instead', () => {
    const taken = { bytes: 10, offload_bytes: 0, emulation_bytes: 10, fallbacks: 3 };
    expect(lost({ ...taken, fallback_reason: 'offload: EOPNOTSUPP ×3' })[0]?.reason).toBe(
      '3 fallbacks to another path (offload: EOPNOTSUPP ×3), none of the bytes were offloaded.',
    );
  });

  test('is the error, where there is no figure at all', () => {
    expect(lost({ state: 'failed', error: 'EIO', bandwidth_bytes_per_s: null })).toEqual([
      { reason: 'There is no figure, failed: EIO', points: ['the one point'] },
    ]);
  });
});

test('a path that was not taken has an arrow wherever it is named', () => {
  const rows = point({ offload: 200, 'read-write': 100 }, { bytes: 10, emulation_bytes: 10 });
  const [offload, readWrite] = rows;
  const own = { ...readWrite?.row, emulation_bytes: 0, read_write_bytes: 10 };
  const contests = contestsOf([...(offload ? [offload] : []), plotted(own)]);
  expect(contests[0]?.entrants.map(({ name }) => name)).toEqual([
    'offload → emulation',
    'read-write',
  ]);
  expect(headline(contests)).toEqual([
    'Of the one point, the fastest path was offload → emulation in 1.',
    'offload → emulation: offload was asked for, and what served the bytes was emulation.',
  ]);
});

test('what emulation lost in the name of offload is no loss of offload', () => {
  const [offload, readWrite] = point({ offload: 50, 'read-write': 100 });
  const contests = contestsOf([
    plotted({ ...offload?.row, offload_bytes: 0, emulation_bytes: 10 }),
    plotted({ ...readWrite?.row }),
  ]);
  expect(headline(contests).join(' ')).not.toContain('Offload');
  expect(losses(contests)[0]?.reason).toBe('None of the bytes were offloaded.');
});

test.each([
  [0.00001, '<0.01 %'],
  [0.0123, '1.2 %'],
  [0.5, '50 %'],
  [1.683, '168 %'],
])('%d is %s', (share, text) => {
  expect(percent(share)).toBe(text);
});
