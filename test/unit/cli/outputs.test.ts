import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepApart, type OtherFiles } from '../../../src/cli/outputs.ts';
import { scratchFolder } from '../../support/scratch.ts';

const NO_OTHERS: OtherFiles = { reads: [], targets: [], traces: [], logs: [], backing: [] };

/** A folder with a job file, a link to it, and a link to the folder. */
function folder(): string {
  const path = scratchFolder();
  mkdirSync(join(path, 'real'));
  symlinkSync('real', join(path, 'link'));
  writeFileSync(join(path, 'real/job.fio'), '');
  writeFileSync(join(path, 'real/e.csv'), '');
  symlinkSync('job.fio', join(path, 'real/alias.csv'));
  symlinkSync('e.csv', join(path, 'real/other.csv'));
  return path;
}

function apart(output: string, ...traces: readonly string[]): () => void {
  const at = folder();
  const names = traces.map((trace) => join(at, trace));
  return () =>
    keepApart([join(at, 'real/job.fio')], join(at, output), { ...NO_OTHERS, traces: names });
}

test.each([
  ['real/e.csv', 'real/life.json'],
  ['real/e.csv', 'real/e.1.json'],
  ['real/e.csv', 'e.json'],
  ['real/e.csv', 'missing/e.json'],
])('--output %s and the trace %s go together', (output, trace) => {
  expect(apart(output, trace)).not.toThrow();
});

test.each([
  ['real/job.fio', 'real/life.json', /--output .*: is a job file/],
  ['link/job.fio', 'real/life.json', /--output .*: is a job file/],
  ['real/alias.csv', 'real/life.json', /--output .*: is a job file/],
  ['real/e.csv', 'link/job.fio', /--trace .*: is a job file/],
  ['real/e.csv', 'link/e.csv', /--trace .*: is the --output too/],
  ['real/e.csv', 'real/other.csv', /--trace .*: is the --output too/],
  ['real/e.csv', 'link/e.json', /--trace .*: is the environment beside the --output too/],
  ['real/other.csv', 'real/e.json', /--trace .*: is the environment beside the --output too/],
  ['real/e.csv', 'real/e.csv.partial', /--trace .*: is where the rows of the --output go/],
])('--output %s and the trace %s do not', (output, trace, sentence) => {
  expect(apart(output, trace)).toThrow(sentence);
});

test('each of several traces is looked at', () => {
  expect(apart('e.2.csv', 'e.1.json', 'e.2.json')).toThrow(/e\.2\.json: is the environment/);
});

test('what goes with the output is no job file either', () => {
  const at = folder();
  for (const name of ['a.json', 'a.csv.partial']) {
    writeFileSync(join(at, name), '');
    expect(() => keepApart([join(at, name)], join(at, 'a.csv'), NO_OTHERS)).toThrow(
      /--output .*a\.csv: .* would be a job file/,
    );
  }
});

test.each([
  ['real/job.fio', /backing_file=.*: is a job file too/],
  ['link/job.fio', /backing_file=.*: is a job file too/],
  ['link/e.csv', /backing_file=.*: is the --output too/],
  ['e.1.json', /backing_file=.*: is a trace too/],
])('a device is not backed by %s', (backing, sentence) => {
  const at = folder();
  const paths = ['real/job.fio', 'real/e.csv', 'e.1.json', backing].map((name) => join(at, name));
  const [job = '', output = '', trace = '', file = ''] = paths;
  const others = { ...NO_OTHERS, traces: [trace] };
  expect(() => keepApart([job], output, { ...others, backing: [file] })).toThrow(sentence);
  const apartFrom = [join(at, 'disk.img')];
  expect(() => keepApart([job], output, { ...others, backing: apartFrom })).not.toThrow();
});

test.each([
  ['real/job.fio', /the log .*: is a job file too/],
  ['link/job.fio', /the log .*: is a job file too/],
  ['link/e.csv', /the log .*: is the --output too/],
  ['link/replayed', /the log .*: is a file that a job file reads too/],
  ['link/target', /the log .*: is what a job works on too/],
  ['e.1.json', /the log .*: is a trace too/],
  ['link/other', /the log .*: is a log too/],
])('%s is no log', (log, sentence) => {
  const at = folder();
  const from = (...names: readonly string[]) => names.map((name) => join(at, name));
  const others = {
    ...NO_OTHERS,
    reads: from('real/replayed'),
    targets: from('real/target'),
    traces: from('e.1.json'),
  };
  const kept = (...logs: readonly string[]) => {
    const [job = '', output = ''] = from('real/job.fio', 'real/e.csv');
    keepApart([job], output, { ...others, logs: from('real/other', ...logs) });
  };
  expect(() => kept(log)).toThrow(sentence);
  expect(() => kept('link/my_bw.log')).not.toThrow();
});

test.each(['reads', 'targets'] as const)('the record replaces none of the %s', (kind) => {
  const at = folder();
  const others = { ...NO_OTHERS, [kind]: [join(at, 'link/a.json')] };
  const keep = (name: string) => () => keepApart([], join(at, name), others);
  expect(keep('real/a.json')).toThrow(/--output .*: is (?:a file|what)/);
  expect(keep('real/a.csv')).toThrow(
    /the environment beside the --output would be (?:a file|what)/,
  );
  expect(keep('real/b.csv')).not.toThrow();
});
