import { expect, test } from 'vitest';
import { carriesData, Operation, operationName } from '../../../src/block/operation.ts';

/** enum req_op; the copy pair as v20 numbers it. */
test.each([
  [Operation.READ, 0, 'read', true],
  [Operation.WRITE, 1, 'write', true],
  [Operation.FLUSH, 2, 'flush', false],
  [Operation.DISCARD, 3, 'discard', false],
  [Operation.WRITE_ZEROES, 9, 'write-zeroes', false],
  [Operation.COPY_DST, 18, 'copy-dst', false],
  [Operation.COPY_SRC, 19, 'copy-src', false],
])('operation %d', (operation, number, name, data) => {
  expect([operation, operationName(operation), carriesData(operation)]).toEqual([
    number,
    name,
    data,
  ]);
});
