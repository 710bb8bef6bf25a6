import { expect, test } from 'vitest';
import type { Option } from '../../../src/units/option.ts';
import { canonicalValue, parseValue } from '../../../src/units/value.ts';

const option = (over: Partial<Option>): Option => ({
  name: 'x',
  type: 'int',
  default: '1',
  category: 'test',
  help: '',
  ...over,
});

const bs = option({ name: 'bs', type: 'bytes', list: 'directions', default: '4k', min: 512 });

test.each([
  ['4k', [4096, 4096, 4096, 4096], '4k'],
  ['4k,8k', [4096, 8192, 8192, 8192], '4k,8k'],
  ['8k,32k,', [8192, 32768, null, null], '8k,32k,'],
  [',8k', [null, 8192, 8192, 8192], ',8k'],
  [',,,4m', [null, null, null, 4194304], ',,,4m'],
  ['4k,4k,4k,8k', [4096, 4096, 4096, 8192], '4k,4k,4k,8k'],
])('bs=%s by direction', (text, value, canonical) => {
  const parsed = parseValue(bs, text);
  expect(parsed).toEqual({ ok: true, value });
  if (parsed.ok) expect(canonicalValue(bs, parsed.value)).toBe(canonical);
});

test('a list has at most four values, each in its bounds', () => {
  expect(parseValue(bs, '1k,1k,1k,1k,1k')).toEqual({
    ok: false,
    what: '"1k,1k,1k,1k,1k" has 5 values; at most four, read,write,trim,copy',
  });
  expect(parseValue(bs, '4k,256')).toEqual({
    ok: false,
    what: '256 is too small; 512 is the least',
  });
});

test('bounds are named as they would be written', () => {
  const bytes = option({ type: 'bytes', max: 1048576 });
  expect(parseValue(bytes, '2m')).toEqual({ ok: false, what: '2m is too large; 1m is the most' });
});

test('a flag may stand alone, nothing else may', () => {
  expect(parseValue(option({ type: 'flag' }), null)).toEqual({ ok: true, value: true });
  expect(parseValue(option({ type: 'flag' }), '0')).toEqual({ ok: true, value: false });
  const what = 'needs a value; write x=1';
  expect(parseValue(option({ type: 'bool' }), null)).toEqual({ ok: false, what });
});

test.each(['true', '2', 'yes', ''])('%j is no bool', (text) => {
  const shown = text === '' ? 'nothing' : `"${text}"`;
  const what = `${shown} is neither 0 nor 1; write one of them`;
  expect(parseValue(option({ type: 'bool' }), text)).toEqual({ ok: false, what });
});

test('shares', () => {
  const share = option({ type: 'bytes-or-percent' });
  expect(parseValue(share, '12.5%')).toEqual({ ok: true, value: { percent: 12.5 } });
  expect(canonicalValue(share, { percent: 12.5 })).toBe('12.5%');
  const what = '"101%" is not a share; write a number from 0% to 100%';
  expect(parseValue(share, '101%')).toEqual({ ok: false, what });
});

test('what configfs counts in MiB needs a suffix', () => {
  const size = option({ type: 'bytes', suffixRequired: true });
  const what = '"250" has no suffix, and configfs counts this in MiB; write 250m or 250k';
  expect(parseValue(size, '250')).toEqual({ ok: false, what });
  expect(parseValue(size, '250m')).toEqual({ ok: true, value: 250 * 1048576 });
  expect(parseValue(size, '0')).toEqual({ ok: true, value: 0 });
});

test('a choice names the others', () => {
  const path = option({ type: 'choice', choices: ['offload', 'emulation'] });
  const what = '"ofload" is not known; write one of offload, emulation';
  expect(parseValue(path, 'ofload')).toEqual({ ok: false, what });
});

test('two spellings of one choice are one value', () => {
  const rw = option({
    type: 'choice',
    choices: ['rw', 'readwrite'],
    choiceAliases: { readwrite: 'rw' },
  });
  expect(parseValue(rw, 'readwrite')).toEqual({ ok: true, value: 'rw' });
  expect(parseValue(rw, 'rw')).toEqual({ ok: true, value: 'rw' });
});
