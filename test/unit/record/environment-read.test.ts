import { expect, test } from 'vitest';
import {
  fieldsOf,
  listOf,
  readEnvironment,
  startedAtOf,
} from '../../../src/record/environment-read.ts';
import { anEnvironment, MACHINE } from '../../support/an-environment.ts';

test('what coffer writes is read back, however it is laid out', () => {
  const text = anEnvironment();
  for (const layout of [text, JSON.stringify(JSON.parse(text)), text.replaceAll('\n', '\r\n')]) {
    const environment = readEnvironment(layout);
    expect(environment?.['tool']).toBe('coffer');
    expect(startedAtOf(environment)).toBe(MACHINE.startedAt);
  }
});

test('what is no JSON object is nothing', () => {
  for (const text of ['', '{', '[]', 'null', '3', '"x"']) {
    expect(readEnvironment(text)).toBeNull();
  }
});

test('a time that is none orders nothing', () => {
  for (const started_at of [undefined, null, 3, '', 'yesterday', '2026-01-01', '01.02.2026']) {
    expect(startedAtOf({ started_at })).toBeNull();
  }
  expect(startedAtOf(null)).toBeNull();
});

test('parts of another shape are empty', () => {
  for (const value of [undefined, null, 3, 'x', []]) expect(fieldsOf(value)).toEqual({});
  for (const value of [undefined, null, 3, 'x', {}]) expect(listOf(value)).toEqual([]);
  expect(fieldsOf({ a: 1 })).toEqual({ a: 1 });
  expect(listOf([1])).toEqual([1]);
});
