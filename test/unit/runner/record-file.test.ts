import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatEnvironment } from '../../../src/record/environment.ts';
import { formatHeader, formatRows } from '../../../src/record/write.ts';
import { environmentOf } from '../../../src/runner/machine.ts';
import { RecordFile } from '../../../src/runner/record-file.ts';
import { aRow } from '../../support/a-row.ts';
import { scratchFolder } from '../../support/scratch.ts';

const FIRST = aRow({ point: 'bs=4k' });
const SECOND = aRow({ point: 'bs=8k' });
const ENVIRONMENT = formatEnvironment(
  environmentOf([], { toolVersion: '1', argv: [], startedAt: '', endedAt: null }),
);

test('rows are in FILE.partial at once, and FILE.csv comes at the end with its JSON', () => {
  const path = join(scratchFolder(), 'a.csv');
  const file = new RecordFile(path, []);
  expect(readFileSync(`${path}.partial`, 'utf8')).toBe(formatHeader());
  file.append([FIRST]);
  expect(readFileSync(`${path}.partial`, 'utf8')).toBe(formatHeader() + formatRows([FIRST]));
  expect(existsSync(path)).toBe(false);
  file.finish([FIRST], ENVIRONMENT);
  expect(readFileSync(path, 'utf8')).toBe(formatHeader() + formatRows([FIRST]));
  expect(readFileSync(path.replace('.csv', '.json'), 'utf8')).toBe(ENVIRONMENT);
  expect(existsSync(`${path}.partial`)).toBe(false);
});

test('what is kept goes first, and the end puts all rows in order', () => {
  const path = join(scratchFolder(), 'a.csv');
  const file = new RecordFile(path, [SECOND]);
  file.append([FIRST]);
  expect(readFileSync(`${path}.partial`, 'utf8')).toBe(
    formatHeader() + formatRows([SECOND, FIRST]),
  );
  file.finish([FIRST, SECOND], ENVIRONMENT);
  expect(readFileSync(path, 'utf8')).toBe(formatHeader() + formatRows([FIRST, SECOND]));
});

test('an older FILE.csv stays until the end', () => {
  const path = join(scratchFolder(), 'a.csv');
  writeFileSync(path, formatHeader());
  const file = new RecordFile(path, []);
  file.append([FIRST]);
  expect(readFileSync(path, 'utf8')).toBe(formatHeader());
  file.finish([FIRST], ENVIRONMENT);
  expect(readFileSync(path, 'utf8')).not.toBe(formatHeader());
});

test('a file that is no record is not replaced by one', () => {
  const path = join(scratchFolder(), 'notes.csv');
  writeFileSync(path, '# my lab notebook');
  expect(() => new RecordFile(path, [])).toThrow('is no record of coffer');
  expect(readFileSync(path, 'utf8')).toBe('# my lab notebook');
  expect(existsSync(`${path}.partial`)).toBe(false);
});

test('a link to a file stays a link', () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'real.csv'), 'schema_version,old\n');
  symlinkSync('real.csv', join(folder, 'link.csv'));
  new RecordFile(join(folder, 'link.csv'), []).finish([], ENVIRONMENT);
  expect(readFileSync(join(folder, 'real.csv'), 'utf8')).toBe(formatHeader());
});

test('a missing folder is refused', () => {
  const folder = join(scratchFolder(), 'missing');
  const path = join(folder, 'a.csv');
  expect(() => new RecordFile(path, [])).toThrow(
    `${path}: the folder ${folder} does not exist; create it or name another file`,
  );
});

test('a folder that is a file is refused', () => {
  const file = join(scratchFolder(), 'file');
  writeFileSync(file, '');
  expect(() => new RecordFile(join(file, 'a.csv'), [])).toThrow(
    `${file}/a.csv: ${file} is no folder; name another file`,
  );
});

test('a name that is a folder is refused', () => {
  const path = join(scratchFolder(), 'a.csv');
  mkdirSync(path);
  expect(() => new RecordFile(path, [])).toThrow(`${path}: is a folder; name a file in it`);
});

test("a JSON file that is somebody else's is refused", () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'package.json'), '{"name": "precious"}');
  expect(() => new RecordFile(join(folder, 'package.csv'), [])).toThrow(
    `${folder}/package.json goes with it, and is a file that coffer did not make; name another file`,
  );
});

test('a full disk says so, and is told from a bad name', () => {
  expect(() => new RecordFile('/dev/full', [])).toThrow(
    expect.objectContaining({
      message: '/dev/full: no space is left there; free some and run again',
      full: true,
    }),
  );
  expect(existsSync('/dev/full.partial')).toBe(false);
});

test('a device is written to, and nothing put in its place or beside it', () => {
  const file = new RecordFile('/dev/null', []);
  file.append([FIRST]);
  file.finish([FIRST], ENVIRONMENT);
  expect(existsSync('/dev/null.json')).toBe(false);
  expect(existsSync('/dev/null.partial')).toBe(false);
});
