import { expect, test } from 'vitest';
import { bufferBytes, memoryProblem } from '../../../src/runner/real-memory.ts';
import { present } from '../../../src/units/assert.ts';
import { realRun } from '../../support/real-run.ts';

test('a run that fits has no problem', () => {
  expect(memoryProblem(realRun('[a]\nnumjobs=2\n'))).toBeNull();
});

test('one that does not is refused with what it needs, and what there is', () => {
  const problem = memoryProblem(
    realRun('[a]\nioengine=io_uring\niodepth=4096\nbs=1m\nnumjobs=64\n'),
  );
  expect(problem).toMatch(
    /^ENOMEM: 64 clones need 25\d GiB, a thread with its buffers each, and [\d.]+ .iB are available;/,
  );
});

test.each([
  ['bs=512', 4096],
  ['bs=4k', 4096],
  ['bs=4k,5k', 8192],
])('%s: buffers of %i bytes, whole pages', (bs, bytes) => {
  const [job] = realRun(`[a]\nrw=randrw\n${bs}\n`).jobs;
  expect(bufferBytes(present(job, 'a job'))).toBe(bytes);
});
