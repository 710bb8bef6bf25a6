import { expect, test } from 'vitest';
import { formatMeasured } from '../../../src/record/table-format.ts';

test.each([
  [0, '0'],
  [0.0049, '<0.01'],
  [0.005, '0.01'],
  [1.234, '1.23'],
  [99.96, '100'],
  [123456.7, '123457'],
])('%d is shown as %s', (value, text) => {
  expect(formatMeasured(value)).toBe(text);
});
