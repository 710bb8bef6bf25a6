import { expect, test } from 'vitest';
import type { PlanRequest } from '../../../src/job/load.ts';
import type { FileText } from '../../../src/job/text-source.ts';
import { plan, refusals, warnings, WORLD } from './fixture.ts';

function files(texts: Readonly<Record<string, string>>): Partial<PlanRequest> {
  const readFile = (path: string): FileText => {
    const text = texts[path];
    return text === undefined ? { ok: false, problem: 'no such file' } : { ok: true, text };
  };
  return { readFile };
}

const BODY = `${WORLD}[a]\nfilename=nvme0\n`;

test('its lines stand in place of the line, in nested files too', () => {
  const request = files({
    'jobs/x.inc': 'bs=8k\ninclude sub/y.inc ; nested\nloops=2',
    'jobs/sub/y.inc': '\uFEFF; a comment\r\niodepth=4\r\ninclude z.inc\r\n',
    'jobs/sub/z.inc': 'number_ios=7',
  });
  const { runs, text } = plan(`${BODY}include x.inc\nloops=3\n`, request);
  expect(runs[0]?.jobs[0]).toMatchObject({ iodepth: 4, numberIos: 21, loops: 3 });
  expect(runs[0]?.jobs[0]?.bsBytes.read).toBe(8192);
  expect(text.split('\n').slice(12)).toEqual([
    '; x.inc:',
    'bs=8k',
    '; y.inc:',
    '; a comment',
    'iodepth=4',
    '; z.inc:',
    'number_ios=7',
    '; end of z.inc',
    '',
    '; end of y.inc',
    'loops=2',
    '; end of x.inc',
    'loops=3',
    '',
  ]);
  expect(plan(text).runs[0]?.planSha256).toBe(runs[0]?.planSha256);
});

test('one file may be included twice, and a device include its attributes', () => {
  const request = files({ 'jobs/d.inc': 'driver=nvme\nsize=1g', '/etc/bs.inc': 'bs=8k' });
  const text =
    '[device d]\ninclude d.inc\n[device e]\ninclude ./d.inc\n[a]\nfilename=d\n' +
    'include /etc/bs.inc\n[b]\nfilename=e\ninclude /etc/bs.inc\n';
  expect(plan(text, request).runs[0]?.jobs.map(({ bsBytes }) => bsBytes.read)).toEqual([
    8192, 8192,
  ]);
});

test('mistakes are told where they stand, in the order of reading', () => {
  const request = files({ 'jobs/x.inc': '\nbs=4q', 'jobs/s.inc': 'bs=4k\n[b]\nloops=0' });
  const text = `${BODY}include x.inc\niodept=4\ninclude gone.inc\ninclude s.inc\ninclude\n`;
  expect(refusals(text, request).map((line) => line.slice(0, 40))).toEqual([
    'jobs/x.inc:2: bs: "4q" is not a size; wr',
    'jobs/a.fio:14: iodept: no such option (d',
    'jobs/a.fio:15: include: jobs/gone.inc: n',
    'jobs/s.inc:2: [b]: a section begins in a',
    'jobs/a.fio:17: include: names no file; w',
  ]);
});

test('a file that includes itself, straight or round about', () => {
  const request = files({
    'jobs/a.fio': '',
    'jobs/x.inc': 'include y.inc',
    'jobs/y.inc': 'include x.inc',
    'jobs/z.inc': 'include ../jobs/a.fio',
  });
  expect(refusals(`${BODY}include x.inc\ninclude a.fio\ninclude z.inc\n`, request)).toEqual([
    'jobs/y.inc:1: include: jobs/x.inc would include itself (jobs/a.fio includes jobs/x.inc ' +
      'includes jobs/y.inc includes jobs/x.inc); take one of the lines out',
    'jobs/a.fio:14: include: jobs/a.fio would include itself (jobs/a.fio includes jobs/a.fio); ' +
      'take one of the lines out',
    'jobs/z.inc:1: include: jobs/a.fio would include itself (jobs/a.fio includes jobs/z.inc ' +
      'includes jobs/a.fio); take one of the lines out',
  ]);
});

test('files that double with each level end', () => {
  const texts: Record<string, string> = {};
  for (let level = 0; level < 40; level++) {
    const next = `include x${level + 1}.inc\n`;
    texts[`jobs/x${level}.inc`] = next + next;
  }
  texts['jobs/x40.inc'] = 'bs=4k';
  const found = refusals(`${BODY}include x0.inc\n`, files(texts));
  expect(found.some((line) => line.includes('more than 1000 files are included'))).toBe(true);
});

test('before any section there is nothing to include into', () => {
  expect(refusals('include x.inc\n[a]\n', files({ 'jobs/x.inc': 'bs=4k' }))).toContain(
    'jobs/a.fio:1: include: stands before any section; put it below [global] or a [NAME]',
  );
});

test('an option that is given again in another file is told with both places', () => {
  const request = files({ 'jobs/x.inc': 'bs=8k' });
  expect(warnings(`${BODY}bs=4k\ninclude x.inc\nbs=16k\n`, request)).toEqual([
    'jobs/x.inc:1: bs: is given on line 13 of jobs/a.fio already; the last holds, this one',
    'jobs/a.fio:15: bs: is given on line 1 of jobs/x.inc already; the last holds, this one',
  ]);
});

test('binary data in an included file', () => {
  const request = files({ 'jobs/x.inc': 'bs=4k\0' });
  expect(refusals(`${BODY}include x.inc\n`, request)).toEqual([
    'jobs/x.inc:1: this is no job file: it holds binary data',
  ]);
});
