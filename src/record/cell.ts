/** One cell of the CSV: between the value in a row and its text, by the type of its column. */

import { assert } from '../units/assert.ts';
import type { Column } from './column.ts';
import type { Cell } from './columns.ts';

/** The text of a cell. A value that its column cannot hold is our own mistake. */
export function formatCell(column: Column, cell: Cell): string {
  if (cell === null || cell === '') {
    assert(column.required !== true, `column ${column.name} is empty`);
    return '';
  }
  switch (column.type) {
    case 'boolean':
      assert(typeof cell === 'boolean', `column ${column.name}: ${cell} is no boolean`);
      return cell ? 'true' : 'false';
    case 'integer':
      assert(isCount(cell), `column ${column.name}: ${cell} is no safe integer from 0 up`);
      return formatNumber(cell);
    case 'decimal':
      assert(isDecimal(cell), `column ${column.name}: ${cell} is no finite number from 0 up`);
      return formatNumber(roundToTenth(cell));
    case 'string':
      assert(typeof cell === 'string', `column ${column.name}: ${cell} is no string`);
      assert(isChoice(column, cell), `column ${column.name}: ${cell} is none of its choices`);
      return cell;
  }
}

/** A parsed cell, or what is wrong with its text. */
export type ParsedCell =
  | { readonly ok: true; readonly cell: Cell }
  | { readonly ok: false; readonly what: string };

export function parseCell(column: Column, text: string): ParsedCell {
  if (text === '') {
    if (column.required === true) return { ok: false, what: 'is empty; every row needs it' };
    return { ok: true, cell: null };
  }
  switch (column.type) {
    case 'boolean':
      if (text !== 'true' && text !== 'false') return unfit(text, 'true or false');
      return { ok: true, cell: text === 'true' };
    case 'integer':
      if (!/^\d+$/.test(text)) return unfit(text, 'a whole number');
      if (!Number.isSafeInteger(Number(text))) return unfit(text, 'a whole number below 2^53');
      return { ok: true, cell: Number(text) };
    case 'decimal':
      if (!/^\d+(\.\d)?$/.test(text)) return unfit(text, 'a number with one decimal at most');
      if (!isDecimal(Number(text))) return unfit(text, 'a number below 2^53');
      return { ok: true, cell: Number(text) };
    case 'string':
      if (!isChoice(column, text)) return unfit(text, `one of ${column.choices?.join(', ')}`);
      return { ok: true, cell: text };
  }
}

function unfit(text: string, wanted: string): ParsedCell {
  return { ok: false, what: `is '${text}'; it should be ${wanted}` };
}

function isCount(cell: Cell): cell is number {
  return typeof cell === 'number' && Number.isSafeInteger(cell) && cell >= 0;
}

function isDecimal(cell: Cell): cell is number {
  return typeof cell === 'number' && cell >= 0 && cell <= Number.MAX_SAFE_INTEGER;
}

function isChoice(column: Column, word: string): boolean {
  return column.choices === undefined || column.choices.includes(word);
}

/** Half up: toFixed takes the larger of two equally near, and ECMA-262 fixes its every digit. */
function roundToTenth(value: number): number {
  return Number(value.toFixed(1));
}

/** -0, which typed arrays and sums like to leave behind, is 0. */
function formatNumber(value: number): string {
  return String(value === 0 ? 0 : value);
}
