import { describe, expect, test } from 'vitest';
import {
  candidateDimensions,
  findDimension,
  neededDimensions,
} from '../../../src/plot/dimension.ts';
import type { PlotRow } from '../../../src/plot/plot-row.ts';
import { type Cells, plotted, sweep } from '../../support/plot-rows.ts';

function needed(rows: readonly PlotRow[]): readonly string[] {
  return neededDimensions(rows, candidateDimensions(rows), []).map(({ name }) => name);
}

describe('what is needed to tell rows apart', () => {
  test('the options that were swept', () => {
    expect(needed(sweep({}))).toEqual(['bs', 'path']);
  });

  test('not what another says as well: the bs of jobs that have names', () => {
    const rows = [plotted({ job: 'small', bs_bytes: 512 }), plotted({ job: 'large' })];
    expect(needed(rows)).toEqual(['job']);
  });

  test('not clones and repetitions: they are one measurement', () => {
    const rows = [0, 1].flatMap((clone) => [1, 2].map((repetition) => ({ clone, repetition })));
    expect(needed(rows.map((cells) => plotted(cells)))).toEqual([]);
  });

  test('the path that one job sweeps, not the column beside it', () => {
    const cells: Cells[] = ['offload', 'read-write'].flatMap((path) => [
      { point: `copies.path=${path}`, job: 'reads', path: null, direction: 'read' },
      { point: `copies.path=${path}`, job: 'copies', path },
    ]);
    expect(needed(cells.map((each) => plotted(each)))).toEqual(['copies.path', 'job']);
  });

  test('the file, where two hold the same rows', () => {
    expect(needed([plotted({}, 'a.csv'), plotted({}, 'b.csv')])).toEqual(['file']);
  });
});

test('values ascend as numbers do, and paths from the device up', () => {
  const rows = sweep({ paths: ['read-write', 'offload'], sizes: [65_536, 4096, 1_048_576] });
  const candidates = candidateDimensions(rows);
  expect(findDimension(candidates, 'bs')?.values).toEqual(['4k', '64k', '1m']);
  expect(findDimension(candidates, 'path')?.values).toEqual(['offload', 'read-write']);
});

test('an option and its column are one', () => {
  const candidates = candidateDimensions(sweep({}));
  expect(findDimension(candidates, 'bs_bytes')).toBe(findDimension(candidates, 'bs'));
});

test.each<[string, readonly string[], string | null]>([
  ['nvme0.copy_bandwidth', ['500mB', '1gB'], 'bytes/s'],
  ['nullb0.completion_nsec', ['10us', '1500ns'], 'ns'],
  ['nvme0.write_cache', ['4m', '1g'], 'bytes'],
  ['nullb0.irqmode', ['0', '1'], null],
])('%s is an axis of numbers', (option, values, unit) => {
  const rows = values.map((value) => plotted({ point: `${option}=${value}` }));
  const quantity = findDimension(candidateDimensions(rows), option)?.quantity;
  expect(quantity?.unit).toBe(unit);
  expect(quantity?.numbers.size).toBe(values.length);
});

test('words are no numbers', () => {
  const rows = ['unsupported', 'error'].map((value) => plotted({ point: `fallback=${value}` }));
  expect(findDimension(candidateDimensions(rows), 'fallback')?.quantity).toBeNull();
});
