import { expect, test } from 'vitest';
import { AssertionFailure, assert, present } from '../../../src/units/assert.ts';

test('lets pass what holds', () => {
  expect(() => assert(true, 'holds')).not.toThrow();
});

test('stops with what does not hold', () => {
  expect(() => assert(false, 'a tag is free')).toThrow(new AssertionFailure('a tag is free'));
});

test.each([0, '', false, NaN])('%j is present', (value) => {
  expect(present(value, 'a value')).toBe(value);
});

test.each([null, undefined])('%j is absent, and said by name', (value) => {
  expect(() => present(value, 'a device')).toThrow('absent: a device');
});
