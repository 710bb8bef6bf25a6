import { expect, test } from 'vitest';
import { logFilesOf, loggingClones, spoolPath } from '../../../src/runner/log-files.ts';
import { readsRun } from '../../support/plan-of.ts';

const PLACE = { folder: 'results', runs: 1 };
const pathsOf = (lines: string, place = PLACE, index = 0) =>
  logFilesOf({ ...readsRun(lines), index }, place).map(({ path }) => path);

test('a bare name goes beside the record, one with a folder where it says', () => {
  expect(pathsOf('write_bw_log=x')).toEqual(['results/x_bw.1.log']);
  expect(pathsOf('write_bw_log=out/x')).toEqual(['out/x_bw.1.log']);
  expect(pathsOf('write_bw_log=./x')).toEqual(['./x_bw.1.log']);
  expect(pathsOf('write_bw_log=/tmp/x')).toEqual(['/tmp/x_bw.1.log']);
});

test('clones are counted over the jobs of the run, from 1, logging or not', () => {
  const jobs = 'numjobs=2\n[first]\n[second]\nwrite_iops_log\nnumjobs=3\n[third]\nwrite_iops_log\n';
  expect(pathsOf(`${jobs}[more]`)).toEqual([
    'results/second_iops.3.log',
    'results/second_iops.4.log',
    'results/second_iops.5.log',
    'results/third_iops.6.log',
    'results/third_iops.7.log',
  ]);
});

test('of several runs each has its number behind the name, before what is fio’s', () => {
  const place = { folder: '.', runs: 12 };
  expect(pathsOf('write_lat_log=a.b', place, 11)).toEqual([
    'a.b.12_slat.1.log',
    'a.b.12_clat.1.log',
    'a.b.12_lat.1.log',
  ]);
  expect(pathsOf('write_bw_log=x\nper_job_logs=0', place, 2)).toEqual(['x.3_bw.log']);
});

test('clones that share a log are parts of one file, by whichever name', () => {
  const run = readsRun('per_job_logs=0\nwrite_bw_log=./x\nnumjobs=2\n[first]\n[b]\nwrite_bw_log=x');
  const files = logFilesOf(run, { folder: '.', runs: 1 });
  expect(files.map(({ path, parts }) => [path, parts.map(({ number }) => number)])).toEqual([
    ['./x_bw.log', [1, 2, 3, 4, 5, 6]],
  ]);
});

test('what waits on disk has a name of its own for each clone and stream', () => {
  const run = readsRun('per_job_logs=0\nwrite_bw_log=x\nnumjobs=2');
  const names = loggingClones(run).flatMap((clone) => [
    spoolPath(run, PLACE, clone, 0),
    spoolPath(run, PLACE, clone, 1),
  ]);
  expect(names).toEqual([
    `results/.x.coffer-${process.pid}.1.0.partial`,
    `results/.x.coffer-${process.pid}.1.1.partial`,
    `results/.x.coffer-${process.pid}.2.0.partial`,
    `results/.x.coffer-${process.pid}.2.1.partial`,
  ]);
});

test('a log to be replayed is called as it is asked for, or by the clone where several write it', () => {
  expect(pathsOf('write_iolog=x')).toEqual(['results/x']);
  expect(pathsOf('write_iolog=out/x.log')).toEqual(['out/x.log']);
  expect(pathsOf('write_iolog=x\nnumjobs=2')).toEqual(['results/x.1', 'results/x.2']);
  expect(pathsOf('write_iolog=x\n[b]\nwrite_iolog=x')).toEqual(['results/x.1', 'results/x.2']);
  expect(pathsOf('write_iolog=x', { folder: '.', runs: 3 }, 1)).toEqual(['x.2']);
  const here = { folder: '.', runs: 1 };
  expect(pathsOf('write_iolog=x\n[b]\nwrite_iolog=./x', here)).toEqual(['./x.1', 'x.2']);
});
