/**
 * `--against git:REV`: the baselines that a revision holds in results/baseline/, by the names of
 * the job files of the candidates. git is asked as a program, without a shell; nothing is checked
 * out.
 */

import { spawnSync } from 'node:child_process';
import { basename, extname, join } from 'node:path';
import type { RecordFile } from '../compare/side.ts';
import { environmentPath } from '../record/file-names.ts';
import { readRecord } from '../record/read.ts';
import { UsageError } from './usage-error.ts';

/** Below the current folder. */
export const BASELINE_FOLDER = 'results/baseline';

const PREFIX = 'git:';

/** A record of many points is large. */
const OUTPUT_BYTES_MAX = 2 ** 30;

/** Where the baseline of a job file lies: `results/baseline/three-paths.csv`. */
export function baselinePath(folder: string, jobFile: string): string {
  return join(folder, `${basename(jobFile, extname(jobFile))}.csv`);
}

/** What a revision is compared with. */
export interface Candidates {
  readonly files: readonly RecordFile[];
  /** All of the baselines that there are now: one that the revision has and they lack is lost. */
  readonly whole: boolean;
}

/**
 * What is wrong with one baseline goes to `wrong`. Throws UsageError if there is none to be had.
 */
export function baselinesAgainst(
  against: string,
  { files, whole }: Candidates,
  wrong: (what: string) => void,
): readonly RecordFile[] {
  const revision = against.startsWith(PREFIX) ? against.slice(PREFIX.length) : '';
  if (revision === '' || revision.startsWith('-')) {
    throw new UsageError(`--against ${against}: write git:REV, as git:HEAD or git:origin/main`);
  }
  checkRevision(against, revision);
  const names = new Set(files.flatMap(({ rows }) => rows.map((row) => `${row.job_file}`)));
  const jobFiles = new Map([...names].map((name) => [baselinePath(BASELINE_FOLDER, name), name]));
  const gone = whole ? baselinesIn(revision).filter((path) => !jobFiles.has(path)) : [];
  return [...jobFiles.keys(), ...gone].flatMap((path) => {
    const text = blob(revision, path);
    if (text === null) {
      wrong(
        `--against ${against}: ${path} is not there; make it with coffer baseline update, for ` +
          `${jobFiles.get(path) ?? 'its job file'}, and commit it`,
      );
      return [];
    }
    const name = `${revision}:${path}`;
    const record = readRecord(text, name);
    if (!record.ok) record.problems.forEach(wrong);
    const environment = blob(revision, environmentPath(path));
    return record.ok ? [{ path: name, rows: record.rows, environment }] : [];
  });
}

/** All that the revision has, also those that are gone now. */
function baselinesIn(revision: string): readonly string[] {
  const { output } = git(['ls-tree', '--name-only', '-z', revision, `${BASELINE_FOLDER}/`]);
  return (output ?? '').split('\0').filter((path) => path.endsWith('.csv'));
}

function checkRevision(against: string, revision: string): void {
  const inside = git(['rev-parse', '--git-dir']);
  if (inside.missing) {
    throw new UsageError(`--against ${against}: there is no git here; install it`);
  }
  if (inside.output === null) {
    throw new UsageError(`--against ${against}: the current folder is in no git repository`);
  }
  if (git(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]).output !== null) return;
  throw new UsageError(
    `--against ${against}: git knows no revision ${revision} here; a shallow clone has to fetch it`,
  );
}

/** Of a path below the current folder; null: it is not there. */
function blob(revision: string, path: string): string | null {
  return git(['cat-file', 'blob', `${revision}:./${path}`]).output;
}

interface GitAnswer {
  /** null: git says no. */
  readonly output: string | null;
  readonly missing: boolean;
}

function git(words: readonly string[]): GitAnswer {
  const { status, stdout, error } = spawnSync('git', words, {
    encoding: 'utf8',
    maxBuffer: OUTPUT_BYTES_MAX,
  });
  return { output: status === 0 ? stdout : null, missing: error !== undefined && status === null };
}
