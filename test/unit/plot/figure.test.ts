/** What is drawn, as data: kinds, roles, gaps, bands, notes. */

import { describe, expect, test } from 'vitest';
import type { Chart } from '../../../src/plot/chart.ts';
import { chartOf } from '../../../src/plot/figure.ts';
import { layOut } from '../../../src/plot/layout.ts';
import type { PlotRow } from '../../../src/plot/plot-row.ts';
import type { FigureRequest } from '../../../src/plot/request.ts';
import { plotted, sweep } from '../../support/plot-rows.ts';

const MIB = 1_048_576;

function chart(rows: readonly PlotRow[], request: FigureRequest = {}): Chart {
  const drawn = chartOf(rows, request);
  if (!drawn.ok) throw new Error(drawn.problems.join('\n'));
  return drawn.chart;
}

function problems(rows: readonly PlotRow[], request: FigureRequest = {}): readonly string[] {
  const drawn = chartOf(rows, request);
  return drawn.ok ? [] : drawn.problems;
}

const speed = (path: string, bs_bytes: number, repetition: number) => ({
  bandwidth_bytes_per_s: (bs_bytes / 4096) * MIB * (path === 'offload' ? 20 : 10) + repetition,
});

describe('lines', () => {
  test('a sweep over block sizes draws itself', () => {
    const { kind, series, facets, panels } = chart(sweep({ cells: speed }));
    expect({ kind, series, facets }).toEqual({
      kind: 'lines',
      series: { title: 'path', names: ['offload', 'read-write'] },
      facets: [''],
    });
    expect(panels[0]?.x).toMatchObject({ scale: 'log', base: 2, domain: [4096, MIB] });
    expect(panels[0]?.x.ticks.map(({ label }) => label)).toEqual(['4 KiB', '64 KiB', '1 MiB']);
    expect(panels[0]?.y.title).toBe('bandwidth (MiB/s)');
    expect(panels[0]?.points.map(({ x, y }) => [x, Math.round(y ?? 0)]).slice(0, 2)).toEqual([
      [4096, 20],
      [4096, 10],
    ]);
  });

  test('what failed is a gap, and the note says why', () => {
    const rows = sweep({
      cells: (path, bs, repetition) =>
        path === 'offload' && bs === 65_536
          ? { state: 'failed', error: 'EIO', bandwidth_bytes_per_s: 7 }
          : speed(path, bs, repetition),
    });
    const { panels, notes } = chart(rows);
    const offload = panels[0]?.points.filter(({ series }) => series === 'offload');
    expect(offload?.map(({ y }) => y === null)).toEqual([false, true, false]);
    expect(notes).toContain('Left out, failed: 1 of 6 rows (bs=64k path=offload: EIO).');
  });

  test('repetitions in wall time have a band, in virtual time none', () => {
    const draw = (clock: string): Chart =>
      chart(sweep({ repetitions: 3, cells: (...at) => ({ ...speed(...at), clock }) }));
    const [wall, virtual] = [draw('wall'), draw('virtual')];
    const points = (of: Chart) => of.panels.flatMap((panel) => panel.points);
    expect(
      points(wall).every(({ low, y, high }) => Number(low) < Number(y) && Number(y) < Number(high)),
    ).toBe(true);
    expect(wall.notes[0]).toBe(
      'Median of 3 repetitions; band: interval of the median, at least 75 %.',
    );
    expect(points(virtual).every(({ low, high }) => low === null && high === null)).toBe(true);
    expect(virtual.notes[0]).toBe('Median of 3 repetitions.');
  });

  test.each(['lines', 'bars', 'percentiles'] as const)(
    '%s: a repetition that was left out is none of those behind a point',
    (kind) => {
      const rows = sweep({
        repetitions: 5,
        cells: (path, bs, repetition) => ({
          ...speed(path, bs, repetition),
          clock: 'wall',
          lat_p50_ns: 100,
          lat_max_ns: 200,
          state: repetition > 3 && bs === 4096 ? 'failed' : 'done',
        }),
      });
      const [note] = chart(rows, { kind }).notes.filter((each) => each.startsWith('Median'));
      expect(note).toContain('Median of 3 to 5 repetitions;');
    },
  );

  test('throughputs of clones add up, latencies are those of the median clone', () => {
    const rows = [0, 1, 2].flatMap((clone) =>
      sweep({
        cells: () => ({ clone, bandwidth_bytes_per_s: 100 * MIB, lat_p99_ns: 20_000 + clone }),
      }),
    );
    const bandwidth = chart(rows);
    expect(bandwidth.panels[0]?.points[0]?.y).toBe(300);
    expect(bandwidth.notes).toContain('3 clones: their figures are summed.');
    const latency = chart(rows, { y: ['lat_p99_ns'] });
    expect(latency.panels[0]?.points[0]?.y).toBeCloseTo(20.001, 6);
    expect(latency.notes).toContain('3 clones: latency is that of the median clone.');
  });

  test('a repetition of which a clone failed is left out as a whole', () => {
    const rows = [0, 1].flatMap((clone) =>
      sweep({
        cells: () => ({ clone, bandwidth_bytes_per_s: MIB, state: clone === 0 ? 'done' : 'short' }),
      }),
    );
    expect(problems(rows)[0]).toContain('nothing to draw: bandwidth_bytes_per_s is empty');
  });

  test('copies that took another path are not passed off as what was asked', () => {
    const rows = sweep({
      cells: (path, ...at) => ({ ...speed(path, ...at), bytes: 10, emulation_bytes: 10, path }),
      paths: ['offload'],
    });
    expect(chart(rows).notes).toContain(
      'Path asked → path taken differ in 3 of 3 rows: offload → emulation.',
    );
  });
});

describe('roles', () => {
  const grid = (depths: readonly number[]): readonly PlotRow[] =>
    depths.flatMap((iodepth) =>
      sweep({
        cells: (path, bs, repetition) => ({
          ...speed(path, bs, repetition),
          iodepth,
          point: `bs=${bs} iodepth=${iodepth} path=${path}`,
        }),
      }),
    );

  test('what is left becomes panels', () => {
    expect(chart(grid([1, 32])).facets).toEqual(['iodepth=1', 'iodepth=32']);
  });

  test('rows are never pooled: all that varies is a panel, whatever was named', () => {
    const { facets, series } = chart(grid([1, 32]), { x: 'bs', series: 'iodepth' });
    expect(series.names).toEqual(['1', '32']);
    expect(facets).toEqual(['path=offload', 'path=read-write']);
  });

  test('the longest axis becomes x where there would be too many panels', () => {
    const many = grid(Array.from({ length: 20 }, (_, place) => place + 1));
    expect(chart(many).title).toBe('bandwidth by iodepth');
    expect(problems(many, { x: 'bs' })[0]).toContain('20 panels (iodepth), and 12 are the most');
    expect(problems(many, { x: 'bs', series: 'iodepth' })[0]).toContain('20 series of iodepth');
  });

  test('background rows are no part of a figure', () => {
    const background = plotted({ job: 'background:nvme0', path: null, direction: null });
    expect(chart([...sweep({ cells: speed }), background]).facets).toEqual(['']);
    expect(problems([background])).toEqual(['no row to draw: the record has no row of a job']);
  });

  test('two records of other plans are told apart by their files, not by a hash', () => {
    const record = (file: string) =>
      sweep({ cells: (...at) => ({ ...speed(...at), plan_sha256: file.repeat(32) }) }).map(
        ({ row }): PlotRow => ({ row, file }),
      );
    expect(chart([...record('before'), ...record('after')]).facets).toEqual([
      'file=before',
      'file=after',
    ]);
  });

  test('--where narrows by column and widens by value', () => {
    const { panels } = chart(grid([1, 8, 32]), { where: ['iodepth=8', 'bs=4096', 'bs=1m'] });
    expect(new Set(panels[0]?.points.map(({ x }) => x))).toEqual(new Set(['4 KiB', '1 MiB']));
  });
});

describe('percentiles', () => {
  test('only those that I/Os stand behind, and the maximum where it belongs', () => {
    const tail = { lat_p50_ns: 1000, lat_p90_ns: 2000, lat_p99_ns: 3000, lat_p99_9_ns: 4000 };
    const rows = [plotted({ ios: 500, ...tail, lat_p99_99_ns: 5000, lat_max_ns: 5000 })];
    const { panels } = chart(rows, { kind: 'percentiles' });
    expect(panels[0]?.points.map(({ x, look }) => [x, look])).toEqual([
      [2, 'plain'],
      [10, 'plain'],
      [100, 'plain'],
      [500, 'hollow'],
    ]);
    expect(panels[0]?.x.ticks.map(({ label }) => label)).toEqual(['50 %', '90 %', '99 %']);
  });
});

test('percentiles: p95 has its tick where it is drawn', () => {
  const cells = { lat_p50_ns: 1000, lat_p90_ns: 2000, lat_p95_ns: 3000, lat_max_ns: 4000 };
  const { panels } = chart([plotted({ ios: 30, ...cells })], { kind: 'percentiles' });
  expect(panels[0]?.x.ticks.map(({ label }) => label)).toEqual(['50 %', '90 %', '95 %']);
});

describe('bars', () => {
  test('stand on zero, and show what a byte costs where it is known', () => {
    const cells = { bandwidth_bytes_per_s: MIB, host_cpu_ns: 2_000_000, pcie_tx_bytes: 500_000 };
    const rows = ['offload', 'read-write'].map((path) =>
      plotted({ path, ...cells, pcie_rx_bytes: path === 'offload' ? 0 : 1_500_000 }),
    );
    const { kind, panels } = chart(rows);
    expect(kind).toBe('bars');
    expect(panels.map(({ title }) => title)).toEqual([
      'bandwidth (KiB/s), higher is better',
      'host CPU per byte (µs/MiB), lower is better',
      'PCIe bytes per byte, lower is better',
    ]);
    expect(panels.every(({ y }) => y.domain[0] === 0)).toBe(true);
    expect(panels[2]?.points.map(({ y }) => y)).toEqual([0.5, 2]);
  });
});

describe('bands', () => {
  const jobs = (count: number): readonly PlotRow[] =>
    sweep({
      sizes: Array.from({ length: count }, (_, place) => 4096 * (place + 1)),
      cells: speed,
    });

  test('are drawn as long as they can be told apart', async () => {
    const { svg } = await layOut(chart(jobs(200), { kind: 'bars' }), { width: 800 }, 'light');
    expect(svg).toContain('</svg>');
  });

  test('are refused beyond, with what to do', () => {
    expect(problems(jobs(201), { kind: 'bars' })).toEqual([
      'bars: 201 places along bs, and 200 are the most to read; pick some, as --where bs=4k, ' +
        'or name another --x',
    ]);
    expect(problems(jobs(201), { kind: 'lines' })).toEqual([]);
  });
});

describe('break-even', () => {
  test.each(['offload', 'read-write'])('has a hole where %s has no figure', (missing) => {
    const rows = sweep({
      cells: (path, bs) =>
        path === missing && bs === 65_536
          ? { state: 'failed', error: 'EIO' }
          : { bandwidth_bytes_per_s: path === 'offload' ? bs : 65_536 },
    });
    const { panels } = chart(rows, { kind: 'break-even' });
    expect(panels[0]?.points.map(({ x, y, yText }) => [x, y, yText])).toEqual([
      [4096, 0.0625, '0.06 times read-write'],
      [65_536, null, 'no figure'],
      [MIB, 16, '16.00 times read-write'],
    ]);
  });
});

test('break-even without paths names the option of its reference', () => {
  const rows = ['0', '2'].flatMap((mode) =>
    [4096, 65_536, MIB].map((bs_bytes) =>
      plotted({
        bs_bytes,
        point: `bs=${bs_bytes} nullb0.irqmode=${mode}`,
        bandwidth_bytes_per_s: mode === '0' ? bs_bytes : 65_536,
      }),
    ),
  );
  const { title, notes, panels } = chart(rows, { kind: 'break-even', series: 'nullb0.irqmode' });
  expect(title).toBe('bandwidth of nullb0.irqmode=0 against nullb0.irqmode=2');
  expect(notes[0]).toContain('Above 1 nullb0.irqmode=2 is beaten.');
  expect(panels[0]?.y.title).toBe('times nullb0.irqmode=2');
});

describe('pareto', () => {
  test('the front is what no other point beats in both', () => {
    const places = [
      ['offload', 1, 10],
      ['emulation', 5, 9],
      ['read-write', 3, 30],
    ] as const;
    const rows = places.map(([path, cost, gain]) =>
      plotted({ path, host_cpu_ns: cost * 1e6, bandwidth_bytes_per_s: gain * MIB }),
    );
    const { panels } = chart(rows, { kind: 'pareto' });
    expect(panels[0]?.points.map(({ series, look }) => [series, look])).toEqual([
      ['offload', 'front'],
      ['emulation', 'hollow'],
      ['read-write', 'front'],
    ]);
  });
});

describe('titles', () => {
  test('may be given', () => {
    expect(chart(sweep({ cells: speed }), { title: 'Ours' }).title).toBe('Ours');
  });
});
