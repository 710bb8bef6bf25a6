import { expect, test } from 'vitest';
import { hostAttributes } from '../../../src/host/attributes.ts';
import { hostCosts } from '../../../src/host/config.ts';

test('every attribute of a host is one of its costs, and every cost an attribute', () => {
  const attributes = Object.fromEntries(
    hostAttributes.options.map(({ name }, index) => [name, (index + 1) * 1e9]),
  );
  const costs = Object.values(hostCosts(attributes));
  expect(costs.map((cost) => (cost < 1e9 ? cost * 1e9 : cost)).sort((a, b) => a - b)).toEqual(
    hostAttributes.options.map((_, index) => (index + 1) * 1e9),
  );
});
