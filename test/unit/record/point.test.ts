import { expect, test } from 'vitest';
import { pointOptions } from '../../../src/record/point.ts';

test.each<[string, [string, string][]]>([
  ['', []],
  ['bs=4k', [['bs', '4k']]],
  [
    'bs=4k nvme0.mssrl=256',
    [
      ['bs', '4k'],
      ['nvme0.mssrl', '256'],
    ],
  ],
  [
    'my job.bs=4k path=offload',
    [
      ['my job.bs', '4k'],
      ['path', 'offload'],
    ],
  ],
])('%j', (point, options) => {
  expect([...pointOptions(point)]).toEqual(options);
});
