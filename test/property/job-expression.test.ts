/** Arithmetic in parentheses against its own tree, and whatever else stands there against nothing. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCount, parseDuration, parseSize } from '../../src/units/computed.ts';

interface Tree {
  readonly text: string;
  readonly value: number;
}

const { tree } = fc.letrec<{ tree: Tree; leaf: Tree; pair: Tree; minus: Tree }>((tie) => ({
  leaf: fc.nat(1000).map((value) => ({ text: `${value}`, value })),
  pair: fc
    .tuple(tie('tree'), fc.constantFrom('+', '-', '*', '/', '%'), tie('tree'))
    .filter(([, operator, right]) => right.value !== 0 || (operator !== '/' && operator !== '%'))
    .map(([left, operator, right]) => ({
      text: `(${left.text} ${operator} ${right.text})`,
      value: calculate(left.value, operator, right.value),
    })),
  minus: tie('tree').map(({ text, value }) => ({ text: `-(${text})`, value: -value })),
  tree: fc.oneof({ maxDepth: 5 }, tie('leaf'), tie('pair'), tie('minus')),
}));

function calculate(left: number, operator: string, right: number): number {
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  if (operator === '*') return left * right;
  return operator === '/' ? left / right : left % right;
}

test('what is calculated is what is written', () => {
  fc.assert(
    fc.property(tree, ({ text, value }) => {
      const parsed = parseCount(`(${text})`);
      expect(parsed.ok).toBe(Number.isSafeInteger(value));
      if (parsed.ok) expect(parsed.value).toBe(value === 0 ? 0 : value);
    }),
    { numRuns: 2000 },
  );
});

test('the usual order: without parentheses as with those that it stands for', () => {
  const number = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(number, number, number, (a, b, c) => {
      const value = (text: string) => parseCount(text);
      expect(value(`(${a}+${b}*${c})`)).toEqual(value(`(${a}+(${b}*${c}))`));
      expect(value(`(${a}-${b}-${c})`)).toEqual(value(`((${a}-${b})-${c})`));
      expect(value(`(${a}*${b}^2)`)).toEqual(value(`(${a}*${b}*${b})`));
      expect(value(`(-${a}^2)`)).toEqual(value(`(0-${a}*${a})`));
    }),
  );
});

test('noise is a value or a sentence, never an exception', () => {
  const piece = fc.oneof(
    fc.constantFrom('(', ')', '+', '-', '*', '/', '%', '^', ' ', '4k', '2s', '0', '1.5', '0x', '.'),
    fc.string({ maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = `(${pieces.join('')}`;
      for (const parsed of [parseSize(text, 1024), parseCount(text), parseDuration(text, 's')]) {
        if (parsed.ok) expect(Number.isFinite(parsed.value)).toBe(true);
        else expect(parsed.what).not.toMatch(/NaN|undefined|Infinity/);
      }
    }),
    { numRuns: 5000 },
  );
});
