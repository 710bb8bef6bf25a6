/**
 * Logs of I/Os as fio 3.33 writes them (version 3) and reads them (versions 2 and 3), a line each:
 *
 *   FILE add|open|close
 *   FILE read|write|trim|sync|datasync OFFSET LENGTH
 *   FILE wait MS 0                                      version 2 alone
 *   FILE copy OFFSET LENGTH DEST_OFFSET [DEST_FILE]     coffer's own
 *
 * in version 3 each with a timestamp before it, µs from the start of the job. `wait N` waits until
 * N ms after that: so fio 3.33 does, whose manual says µs since the last wait.
 *
 * Text alone; what of it a job can do is seen to by iolog.ts. A binary blktrace is no such log.
 */

import { MICROSECOND_NS, MILLISECOND_NS, type Nanoseconds } from '../units/quantity.ts';
import { quoted } from '../units/number.ts';

export const ACTIONS = ['read', 'write', 'copy', 'trim', 'sync', 'datasync'] as const;
export type IologAction = (typeof ACTIONS)[number];

export interface IologEntry {
  readonly line: number;
  readonly action: IologAction;
  readonly file: string;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly destOffsetBytes: number;
  /** Of copies; else the file itself. */
  readonly destFile: string;
  readonly dueNs: Nanoseconds;
}

export interface IologMistake {
  readonly line: number;
  readonly what: string;
}

export interface IologText {
  readonly entries: readonly IologEntry[];
  readonly mistakes: readonly IologMistake[];
  /** Lines that wait, which fio's manual describes otherwise. */
  readonly waits: number;
}

/** A log with more of them is not of this form at all. */
const MISTAKES_MAX = 20;

const FILE_ACTIONS: ReadonlySet<string> = new Set(['add', 'open', 'close']);

export function parseIolog(text: string): IologText {
  const reader = new Reader();
  let line = 0;
  // One line at a time: a log may have millions.
  for (let at = 0; at < text.length && reader.mistakes.length < MISTAKES_MAX; ) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    line += 1;
    reader.take(text.slice(at, end).trim(), line);
    at = end + 1;
  }
  reader.end(line);
  return reader;
}

class Reader implements IologText {
  readonly entries: IologEntry[] = [];
  readonly mistakes: IologMistake[] = [];
  waits = 0;
  private version: 2 | 3 | null = null;
  private line = 0;
  private dueNs: Nanoseconds = 0;
  private readonly files = new Set<string>();

  take(text: string, line: number): void {
    this.line = line;
    if (this.version === null) {
      this.begin(text);
      return;
    }
    if (text === '') return;
    const words = text.split(/\s+/);
    if (this.version === 3 && !this.stamp(words.shift() ?? '')) return;
    const [file = '', action = '', ...rest] = words;
    if (FILE_ACTIONS.has(action)) this.takeFile(file, action, rest);
    else if (!this.files.has(file))
      this.mistake(`${quoted(file)} has not been added; write ${quoted(`${file} add`)} before`);
    else if (action === 'wait' && this.version === 2) this.wait(rest);
    else this.takeIo(file, action, rest);
  }

  end(line: number): void {
    this.line = Math.max(1, line);
    if (this.version === null) this.begin('');
    else if (this.entries.length === 0 && this.mistakes.length === 0)
      this.mistake('the log has no I/O');
  }

  private begin(text: string): void {
    if (this.mistakes.length > 0) return;
    const version = /^fio version ([23]) iolog$/.exec(text)?.[1];
    if (version === undefined) {
      this.mistake('is no log of I/Os, which begins with "fio version 3 iolog" or with 2 for 3');
    }
    this.version = version === '2' ? 2 : 3;
  }

  private stamp(text: string): boolean {
    const stamp = wholeNumber(text);
    if (stamp === null) {
      this.mistake(`${quoted(text)} is no timestamp, which is a whole number of µs`);
      return false;
    }
    if (stamp * MICROSECOND_NS < this.dueNs) {
      this.mistake(`${stamp} µs is before the line above; clones write a log each`);
      return false;
    }
    this.dueNs = stamp * MICROSECOND_NS;
    return true;
  }

  private takeFile(file: string, action: string, rest: readonly string[]): void {
    if (rest.length > 0) this.mistake(`there is more behind ${action}; take it away`);
    else if (action === 'add') this.files.add(file);
    else if (!this.files.has(file)) this.mistake(`${quoted(file)} has not been added`);
  }

  /** Until a time from the start, so that one that is past waits for nothing. */
  private wait(numbers: readonly string[]): void {
    const untilMs = wholeNumber(numbers[0] ?? '');
    if (untilMs === null) {
      this.mistake('wait needs a number of ms; write FILE wait MS 0');
      return;
    }
    this.waits += 1;
    this.dueNs = Math.max(this.dueNs, untilMs * MILLISECOND_NS);
  }

  private takeIo(file: string, text: string, words: readonly string[]): void {
    const action = ACTIONS.find((each) => each === text);
    if (action === undefined) {
      const known = 'read, write, trim, sync, datasync, copy, add, open and close';
      this.mistake(`${quoted(text)} is no action; known are ${known}`);
      return;
    }
    const copies = action === 'copy';
    const [offset = null, length = null, dest = null] = words.slice(0, 3).map(wholeNumber);
    const form = copies ? 'OFFSET LENGTH DEST_OFFSET [DEST_FILE]' : 'OFFSET LENGTH';
    const most = copies ? 4 : 2;
    if (offset === null || length === null || (copies && dest === null) || words.length > most) {
      this.mistake(`${action} needs whole numbers of bytes; write FILE ${action} ${form}`);
      return;
    }
    const moves = action !== 'sync' && action !== 'datasync';
    if (moves && length === 0) {
      this.mistake(`a ${action} of 0 bytes does nothing; remove the line`);
      return;
    }
    const destFile = (copies ? words[3] : undefined) ?? file;
    if (!this.files.has(destFile)) {
      this.mistake(`${quoted(destFile)} has not been added`);
      return;
    }
    this.entries.push({
      line: this.line,
      action,
      file,
      offsetBytes: offset,
      lengthBytes: length,
      destOffsetBytes: dest ?? 0,
      destFile,
      dueNs: this.dueNs,
    });
  }

  private mistake(what: string): void {
    this.mistakes.push({ line: this.line, what });
  }
}

/** null: it is none, or is not counted exactly. */
function wholeNumber(text: string): number | null {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : null;
}
