/**
 * What a block device holds, by its signatures: blkid(8), `--probe --output export`. A table or a
 * file system that blkid does not know looks like nothing.
 */

import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { errorCode } from '../units/error-code.ts';

const FOUND = 0;
const NOTHING = 2;
const SEVERAL = 8;
/** Ordinary users' PATH often lacks them. */
const SYSTEM_PROGRAMS = '/usr/local/sbin:/usr/sbin:/sbin';

/** `holds a file system (ext4, labelled root)`; null: nothing that anybody would miss. */
export function signatureOf(path: string, systemPrograms: string = SYSTEM_PROGRAMS): string | null {
  const problem = openProblem(path);
  if (problem !== null) return untold(problem);
  const { error, status, stdout, stderr } = spawnSync('blkid', ['-p', '-o', 'export', path], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C', PATH: `${process.env['PATH'] ?? ''}:${systemPrograms}` },
  });
  if (error !== undefined) {
    const absent = 'code' in error && error.code === 'ENOENT';
    return untold(absent ? 'blkid is not installed' : `blkid: ${error.message}`);
  }
  if (status === FOUND) return describe(valuesOf(stdout));
  if (status === SEVERAL) return 'holds signatures of several file systems at once';
  if (status === NOTHING && stderr === '') return null;
  return untold(`blkid: ${stderr.trim() || `exit ${status}`}`);
}

/** blkid says nothing, in the same way, of what it cannot open. */
function openProblem(path: string): string | null {
  try {
    closeSync(openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
    return null;
  } catch (error) {
    const code = errorCode(error);
    if (code === null) throw error;
    return `opening it: ${code}`;
  }
}

function untold(why: string): string {
  return `may hold anything: nobody can tell, ${why}`;
}

/** `TYPE=ext4` a line; blkid escapes what is no plain text. */
function valuesOf(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').filter((line) => line.includes('='));
  return new Map(
    lines.map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}

const NOUNS: Readonly<Record<string, string>> = {
  filesystem: 'a file system',
  raid: 'a member of a volume or an array',
  crypto: 'an encrypted volume',
};

/** What blkid says of the partition that a device is (PART_ENTRY_…) is no signature on it. */
function describe(values: ReadonlyMap<string, string>): string | null {
  const type = values.get('TYPE');
  const table = values.get('PTTYPE');
  if (type !== undefined) {
    const noun = NOUNS[values.get('USAGE') ?? ''] ?? 'a signature';
    const label = values.get('LABEL');
    return `holds ${noun} (${type}${label === undefined ? '' : `, labelled ${label}`})`;
  }
  return table === undefined ? null : `holds a partition table (${table})`;
}
