/**
 * The CSV of an invocation on its way to disk. Rows go to FILE.partial as they come, which survives
 * a kill; at the end it becomes FILE.csv in one step, so that FILE.csv is always whole. What is no
 * regular file (/dev/stdout, a pipe) is written to directly: renaming would replace the device.
 * Every method throws Unwritable.
 */

import * as fs from 'node:fs';
import { dirname } from 'node:path';
import type { Row } from '../record/columns.ts';
import { environmentPath, partialPath, RECORD_BEGINS } from '../record/file-names.ts';
import { isEnvironment } from './machine.ts';
import { formatHeader, formatRows } from '../record/write.ts';
import { Unwritable } from './unwritable.ts';
import { writeWhole } from './write-whole.ts';

export class RecordFile {
  /** As the user names it. */
  private readonly name: string;
  private readonly csvPath: string;
  /** Where the rows go until the end; null: straight to csvPath. */
  private readonly partial: string | null;
  /** Begins with rows of an earlier invocation, so it may not be in plan order. */
  private readonly resumed: boolean;
  private readonly descriptor: number;

  /** `kept`: rows taken up from an earlier invocation. */
  constructor(path: string, kept: readonly Row[]) {
    this.name = path;
    this.csvPath = behindLink(path);
    this.resumed = kept.length > 0;
    this.partial = isSpecial(this.csvPath) ? null : partialPath(this.csvPath);
    const target = this.partial ?? this.csvPath;
    this.descriptor = writing(this.name, () => {
      refuseFolder(this.csvPath);
      if (this.partial !== null) {
        refuseForeign(environmentPath(this.csvPath));
        refuseOther(this.csvPath);
      }
      if (this.resumed) {
        writeWhole(target, [formatHeader(), formatRows(kept)]);
        return fs.openSync(target, 'a');
      }
      const descriptor = fs.openSync(target, 'w');
      fs.writeFileSync(descriptor, formatHeader());
      return descriptor;
    });
  }

  append(rows: readonly Row[]): void {
    writing(this.name, () => fs.writeFileSync(this.descriptor, formatRows(rows)));
  }

  /**
   * `rows`: all of the invocation, in plan order. `environment`: the text of the JSON beside them.
   */
  finish(rows: readonly Row[], environment: string): void {
    writing(this.name, () => {
      if (this.partial !== null) fs.fsyncSync(this.descriptor);
      fs.closeSync(this.descriptor);
      if (this.partial === null) return;
      writeWhole(environmentPath(this.csvPath), [environment]);
      if (this.resumed) writeWhole(this.partial, [formatHeader(), formatRows(rows)]);
      fs.renameSync(this.partial, this.csvPath);
    });
  }
}

/**
 * A link stays a link: the file it names is what is written, and what an earlier invocation wrote.
 */
export function behindLink(path: string): string {
  const link = fs.existsSync(path) && fs.lstatSync(path).isSymbolicLink();
  return link ? fs.realpathSync(path) : path;
}

/** Neither file nor folder; what does not exist will be a file. */
function isSpecial(path: string): boolean {
  if (!fs.existsSync(path)) return false;
  const stats = fs.statSync(path);
  return !stats.isFile() && !stats.isDirectory();
}

/** Said before anything runs: the rename at the end would be too late to find out. */
function refuseFolder(path: string): void {
  if (!fs.existsSync(path) || !fs.statSync(path).isDirectory()) return;
  throw Object.assign(new Error(`${path} is a folder`), { code: 'EISDIR' });
}

/** `--output package.csv` is no leave to replace package.json. */
function refuseForeign(path: string): void {
  if (!fs.existsSync(path) || isEnvironment(fs.readFileSync(path, 'utf8'))) return;
  const what = `${path} goes with it, and is a file that coffer did not make; name another file`;
  throw new Error(what);
}

/** A record of earlier may be replaced, and nothing else. */
function refuseOther(path: string): void {
  const found = fs.statSync(path, { throwIfNoEntry: false });
  if (found === undefined || found.size === 0) return;
  const begin = Buffer.alloc(RECORD_BEGINS.length);
  const descriptor = fs.openSync(path, 'r');
  fs.readSync(descriptor, begin);
  fs.closeSync(descriptor);
  if (begin.toString('latin1') === RECORD_BEGINS) return;
  throw new Error(`${path} exists, and is no record of coffer; name another file`);
}

function writing<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw new Unwritable(path, dirname(path), error);
  }
}
