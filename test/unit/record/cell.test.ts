import { expect, test } from 'vitest';
import { formatCell, parseCell } from '../../../src/record/cell.ts';
import { type Cell, type ColumnName, columnOf } from '../../../src/record/columns.ts';

test.each<[ColumnName, Cell, string]>([
  ['bytes', 0, '0'],
  ['bytes', -0, '0'],
  ['bytes', Number.MAX_SAFE_INTEGER, '9007199254740991'],
  ['bytes', null, ''],
  ['lat_mean_ns', 12, '12'],
  ['lat_mean_ns', 12.25, '12.3'],
  ['lat_mean_ns', 12.24, '12.2'],
  ['lat_mean_ns', 0.04, '0'],
  ['lat_mean_ns', -0, '0'],
  ['lat_mean_ns', 1e15 + 0.5, '1000000000000000.5'],
  ['steady', true, 'true'],
  ['steady', false, 'false'],
  ['steady', null, ''],
  ['point', '', ''],
  ['state', 'not_run', 'not_run'],
])('%s: %s is written as %j', (name, cell, text) => {
  expect(formatCell(columnOf(name), cell)).toBe(text);
});

test.each<[ColumnName, Cell]>([
  ['bytes', 1.5],
  ['bytes', -1],
  ['bytes', 2 ** 53],
  ['bytes', Number.NaN],
  ['bytes', '12'],
  ['lat_mean_ns', Number.NaN],
  ['lat_mean_ns', Number.POSITIVE_INFINITY],
  ['lat_mean_ns', -0.5],
  ['lat_mean_ns', 1e21],
  ['steady', 1],
  ['steady', 'true'],
  ['device', 7],
  ['state', 'fine'],
  ['state', null],
  ['job', ''],
])('%s: %s is our own mistake', (name, cell) => {
  expect(() => formatCell(columnOf(name), cell)).toThrow(`column ${name}`);
});

test.each<[ColumnName, string, Cell]>([
  ['bytes', '12', 12],
  ['bytes', '', null],
  ['lat_mean_ns', '12.3', 12.3],
  ['lat_mean_ns', '12', 12],
  ['steady', 'false', false],
  ['device', '12', '12'],
  ['path', 'read-write', 'read-write'],
])('%s: %j is read as %j', (name, text, cell) => {
  expect(parseCell(columnOf(name), text)).toEqual({ ok: true, cell });
});

test.each<[ColumnName, string, string]>([
  ['bytes', '1.5', "is '1.5'; it should be a whole number"],
  ['bytes', '-1', "is '-1'; it should be a whole number"],
  ['bytes', '1e3', "is '1e3'; it should be a whole number"],
  ['bytes', '9007199254740992', "is '9007199254740992'; it should be a whole number below 2^53"],
  ['lat_mean_ns', '1.25', "is '1.25'; it should be a number with one decimal at most"],
  ['lat_mean_ns', 'NaN', "is 'NaN'; it should be a number with one decimal at most"],
  ['lat_mean_ns', '9999999999999999', "is '9999999999999999'; it should be a number below 2^53"],
  ['steady', '1', "is '1'; it should be true or false"],
  ['clock', 'real', "is 'real'; it should be one of virtual, wall"],
  ['job', '', 'is empty; every row needs it'],
])('%s: %j is refused', (name, text, what) => {
  expect(parseCell(columnOf(name), text)).toEqual({ ok: false, what });
});
