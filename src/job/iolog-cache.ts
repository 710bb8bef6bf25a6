/** Logs that jobs replay: each is read once, and amended once, for all jobs and points alike. */

import { createHash } from 'node:crypto';
import type { Amendment } from './iolog-amend.ts';
import { type Replay, replayOf } from './iolog-replay.ts';
import { type IologText, parseIolog } from './iolog-text.ts';
import { NO_SOURCE, type TextSource } from './text-source.ts';

export interface ReadIolog extends IologText {
  /** Of its text, which is part of what a run is a function of. */
  readonly sha256: string;
}

export class Iologs {
  private readonly source: TextSource;
  private readonly byPath = new Map<string, ReadIolog | { readonly problem: string }>();
  private readonly replays = new Map<string, Replay>();

  constructor(source: TextSource) {
    this.source = source;
  }

  at(path: string): ReadIolog | { readonly problem: string } {
    const known = this.byPath.get(path);
    if (known !== undefined) return known;
    const found = this.read(path);
    this.byPath.set(path, found);
    return found;
  }

  /** What jobs that amend the log in this way do: one for all of them, as it may be long. */
  replay(path: string, { entries }: ReadIolog, amendment: Amendment): Replay {
    const key = JSON.stringify([path, amendment]);
    const known = this.replays.get(key);
    if (known !== undefined) return known;
    const found = replayOf(entries, amendment);
    this.replays.set(key, found);
    return found;
  }

  /** Of its text; empty where there is none. */
  sha256(path: string): string {
    const log = this.at(path);
    return 'problem' in log ? '' : log.sha256;
  }

  private read(path: string): ReadIolog | { readonly problem: string } {
    const { readFile = NO_SOURCE.readFile } = this.source;
    const file = readFile(path);
    if (!file.ok) return { problem: file.problem };
    const { entries, mistakes, waits } = parseIolog(file.text);
    const sha256 = createHash('sha256').update(file.text).digest('hex');
    return { entries, mistakes, waits, sha256 };
  }
}
