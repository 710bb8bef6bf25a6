import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { logPlace, probeLogs } from '../../../src/runner/probe-logs.ts';
import { readsRun } from '../../support/plan-of.ts';
import { scratchFolder } from '../../support/scratch.ts';

function probe(folder: string, lines: string) {
  const notes: string[] = [];
  const place = { folder, runs: 1 };
  const problems = probeLogs([readsRun(lines)], place, (note) => notes.push(note));
  return { problems, notes };
}

test('beside the record, but not beside /dev/stdout', () => {
  const folder = scratchFolder();
  expect(logPlace(join(folder, 'a.csv'), 3)).toEqual({ folder, runs: 3 });
  expect(logPlace('a.csv', 1)).toEqual({ folder: '.', runs: 1 });
  expect(logPlace('/dev/null', 1)).toEqual({ folder: '.', runs: 1 });
});

test('nothing there, nothing to say, and nothing is made', () => {
  const folder = scratchFolder();
  expect(probe(folder, 'write_lat_log')).toEqual({ problems: [], notes: [] });
  expect(readdirSync(folder)).toEqual([]);
});

test('a log of earlier, or an empty one, may be replaced, which is said', () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'x_slat.1.log'), '');
  writeFileSync(join(folder, 'x_lat.1.log'), '0, 10115, 0, 4096, 0\n');
  expect(probe(folder, 'write_lat_log=x')).toEqual({
    problems: [],
    notes: [`${folder}/x_slat.1.log and 1 more: logs of earlier are replaced`],
  });
});

test('all files that are no log are refused, and folders', () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'x_bw.1.log'), 'my notes\n');
  mkdirSync(join(folder, 'x_iops.1.log'));
  expect(probe(folder, 'write_bw_log=x\nwrite_iops_log=x')).toEqual({
    problems: [
      `${folder}/x_bw.1.log: exists, and is no log; give write_*_log another name`,
      `${folder}/x_iops.1.log: exists, and is no log; give write_*_log another name`,
    ],
    notes: [],
  });
});

test('a folder that is not there, or is none, is told once', () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'file'), '');
  const lines = `write_lat_log=${folder}/none/x\nwrite_bw_log=${folder}/file/x`;
  expect(probe(folder, lines).problems).toEqual([
    `${folder}/file/x_bw.1.log: ${folder}/file is no folder; name another file`,
    `${folder}/none/x_slat.1.log: the folder ${folder}/none does not exist; create it or name another file`,
  ]);
});
