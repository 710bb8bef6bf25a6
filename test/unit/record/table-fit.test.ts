import { expect, test } from 'vitest';
import { INDISPENSABLE, type TableColumn } from '../../../src/record/table-axes.ts';
import { fit } from '../../../src/record/table-fit.ts';
import { aRow } from '../../support/a-row.ts';

function column(header: string, importance: number, cell: string): TableColumn {
  return { header, importance, text: () => cell };
}

const AXES = [column('slow.axis', INDISPENSABLE, '500mB'), column('fast', INDISPENSABLE, '4k')];
const MEASURES = [
  column('MiB/s', INDISPENSABLE, '1234'),
  column('p99 µs', 90, '1234'),
  column('PCIe tx', 80, '1 KiB'),
  column('max µs', 30, '1234'),
];

/** What stands above, each line of the header, what is left out. */
function fitted(widthColumns: number): unknown[] {
  const { above, shown, leftOut } = fit(AXES, MEASURES, [aRow()], widthColumns);
  const names = (columns: readonly TableColumn[]): string =>
    columns.map(({ header }) => header).join(' ');
  const lines = (shown[0]?.header ?? []).map((_, line) =>
    shown.map(({ header }) => header[line]).join('|'),
  );
  return [names(above), lines, names(leftOut)];
}

test('the least important goes first', () => {
  expect(fitted(47)).toEqual(['', ['slow.axis|fast|MiB/s|p99 µs|PCIe tx|max µs'], '']);
  expect(fitted(46)).toEqual(['', ['slow.axis|fast|MiB/s|p99 µs|PCIe tx'], 'max µs']);
});

test('before what is good to see goes, headers are broken; before the core, the slowest axis', () => {
  const broken = ['slow.|    |     | p99| PCIe', ' axis|fast|MiB/s|  µs|   tx'];
  expect(fitted(36)).toEqual(['', broken, 'max µs']);
  expect(fitted(30)).toEqual(['', broken.map((line) => line.slice(0, -6)), 'PCIe tx max µs']);
  expect(fitted(20)).toEqual([
    'slow.axis',
    ['    |     | p99', 'fast|MiB/s|  µs'],
    'PCIe tx max µs',
  ]);
});

test('where nothing else helps the core goes too, and throughput never', () => {
  expect(fitted(9)).toEqual(['slow.axis fast', ['MiB/s'], 'p99 µs PCIe tx max µs']);
  expect(fitted(1)).toEqual(['slow.axis fast', ['MiB/s'], 'p99 µs PCIe tx max µs']);
});
