import { expect, test } from 'vitest';
import { report } from '../../../src/cli/replay.ts';
import { replayRecording } from '../../../src/runner/replay.ts';

test('a miss shows both answers, and the count closes', () => {
  const answer = { sct: 0, sc: 0, dnr: false, dw0: 0, changed: [], zones: [] };
  const skipped = ['a', 'b', 'c', 'd'].map((name) => ({ name, why: 'format 2 is not modelled' }));
  const result = {
    passed: 7,
    failed: [{ name: 'nlb too large', expected: { ...answer, sc: 0x83 }, got: answer }],
    skipped: [...skipped, { name: 'nr=0', why: 'no data buffer' }],
  };
  expect(report(result)).toBe(
    [
      'failed: nlb too large',
      '  recorded {"sct":0,"sc":131,"dnr":false,"dw0":0,"changed":[],"zones":[]}',
      '  model    {"sct":0,"sc":0,"dnr":false,"dw0":0,"changed":[],"zones":[]}',
      'skipped: format 2 is not modelled',
      '  a',
      '  b',
      '  c',
      '  d',
      'skipped: no data buffer',
      '  nr=0',
      '7 passed, 1 failed, 5 skipped',
      '',
    ].join('\n'),
  );
});

test.each([
  ['', /^cannot be replayed: .*JSON/],
  ['[a job]', /^cannot be replayed: .*JSON/],
  ['{"type":"case"}', /^the first line is no header of recorded answers$/],
  [
    '{"vectors":"null-blk-rules"}',
    /^holds null-blk-rules answers; only nvme-copy can be replayed$/,
  ],
  ['{"vectors":"nvme-copy"}', /^cannot be replayed: /],
])('%s is refused', (text, problem) => {
  const replayed = replayRecording(text);
  expect(replayed.ok ? '' : replayed.problem).toMatch(problem);
});
