/** Labels that would run into each other are moved or left out; what has room keeps its own. */

import { describe, expect, test } from 'vitest';
import type { Chart, Panel, Point } from '../../../src/plot/chart.ts';
import { withRoomForLabels } from '../../../src/plot/label-room.ts';

function point(x: number | string, label: string, side: Point['side'] = 'below'): Point {
  const texts = { xText: '', yText: '', series: 'offload', facet: '' };
  return { ...texts, x, y: 1, low: null, high: null, label, side, look: 'plain' };
}

function settled(kind: Chart['kind'], points: readonly Point[], panelWidth: number) {
  const axis = { title: '', base: 10, ticks: [] } as const;
  const words = points.map(({ x }) => String(x));
  const panel: Panel = {
    title: null,
    x:
      kind === 'bars'
        ? { ...axis, scale: 'band', domain: words }
        : { ...axis, scale: 'log', domain: [1, 100] },
    y: { ...axis, scale: 'linear', domain: [0, 2] },
    points,
    rule: null,
  };
  const series = { title: 'path', names: ['offload'] };
  const chart: Chart = {
    kind,
    title: '',
    subtitle: '',
    notes: [],
    series,
    facets: [''],
    columns: 1,
    panels: [panel],
  };
  const layout = { width: panelWidth, panelWidth, panelHeight: 200, theme: 'light' } as const;
  return withRoomForLabels(chart, panel, layout).points;
}

describe('values over bars', () => {
  const bars = ['4k', '64k', '1m'].map((bs) => point(bs, '1830'));

  test.each([
    [300, ['1830', '1830', '1830']],
    [60, [null, null, null]],
  ])('in %i pixels', (width, labels) => {
    expect(settled('bars', bars, width).map(({ label }) => label)).toEqual(labels);
  });

  test('at unlike heights do not collide', () => {
    const steps = bars.map((bar, place) => ({ ...bar, y: place * 0.5 }));
    expect(settled('bars', steps, 60)).toEqual(steps);
  });
});

describe('crossings', () => {
  const crossings = [10, 10.5, 11].map((x) => point(x, '\u2248 10 KiB'));

  test('that collide go to the other side, and then away', () => {
    const told = settled('break-even', crossings, 400).map(({ label, side }) => [label, side]);
    expect(told).toEqual([
      ['\u2248 10 KiB', 'below'],
      ['\u2248 10 KiB', 'above'],
      [null, 'below'],
    ]);
  });

  test('with room between them stay where they are', () => {
    const apart = [2, 40].map((x) => point(x, '\u2248 10 KiB'));
    expect(settled('break-even', apart, 400)).toEqual(apart);
  });
});
