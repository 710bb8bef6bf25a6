/** A coffer process that is watched: the built CLI, with a folder for what it writes. */

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readRecord } from '../../src/record/read.ts';
import { type Sample, sampleOf } from './sample.ts';

/** From the root of the checkout, where npm and vitest are. */
const MAIN = resolve('dist/cli/main.js');
const SAMPLE_EVERY_MS = 100;
/** As real-runs.ts gives a run that is stopped, and something for the rest. */
const END_WITHIN_MS = 20_000;

/** What is to be undone when the soak itself is interrupted. */
const open = new Set<{ close(): void }>();

export function abandon(): void {
  // Processes first, then the folders in which they write.
  for (const each of [...open].reverse()) each.close();
}

/** Where a soak works: the files of its jobs, and beside them its records. */
export class Ground {
  readonly folder: string;
  readonly files: string;
  readonly record: string;
  readonly partial: string;

  constructor(parent: string) {
    this.folder = mkdtempSync(join(parent, 'coffer-soak-'));
    this.files = join(this.folder, 'files');
    this.record = join(this.folder, 'soak.csv');
    this.partial = `${this.record}.partial`;
    mkdirSync(this.files);
    open.add(this);
  }

  /** The jobs remove what they made, however they end, but for a kill. */
  get left(): readonly string[] {
    return readdirSync(this.files).sort();
  }

  /** Of each row of the record its job and how it ended: `mmap done: null`. */
  get outcomes(): readonly string[] {
    return outcomesIn(this.record, false);
  }

  /** Of the rows that a process has written so far, or did until it was killed. */
  get outcomesSoFar(): readonly string[] {
    return existsSync(this.partial) ? outcomesIn(this.partial, true) : [];
  }

  close(): void {
    open.delete(this);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function outcomesIn(path: string, partial: boolean): readonly string[] {
  const record = readRecord(readFileSync(path, 'utf8'), path, { partial });
  if (!record.ok) throw new Error(record.problems.join('\n'));
  return record.rows.map(({ job, state, error }) => `${job} ${state}: ${error}`);
}

export class CofferProcess {
  readonly pid: number;
  /** null: killed. */
  readonly ended: Promise<number | null>;
  stderr = '';
  private readonly child: ChildProcess;
  private readonly ground: Ground;
  private over = false;

  constructor(ground: Ground, words: readonly string[]) {
    this.ground = ground;
    const all = [MAIN, 'run', ...words, '--output', ground.record, '--quiet'];
    // A process group of its own, by which is seen what it leaves.
    const stdio = ['ignore', 'ignore', 'pipe'] as const;
    this.child = spawn(process.execPath, all, { detached: true, stdio: [...stdio] });
    const { pid } = this.child;
    if (pid === undefined) throw new Error(`${process.execPath} cannot be started`);
    this.pid = pid;
    open.add(this);
    this.child.stderr?.on('data', (data: Buffer) => {
      this.stderr += data.toString();
    });
    this.ended = new Promise((settle) => {
      this.child.on('close', (exitCode) => {
        this.over = true;
        settle(exitCode);
      });
    });
  }

  /** Its record has begun: whoever interrupts it from now on is heard. */
  async begun(): Promise<void> {
    while (!this.over && !existsSync(this.ground.partial)) await sleep(SAMPLE_EVERY_MS / 10);
  }

  /** Until it ends, or for so long. */
  async watch(seconds: number, see: (sample: Sample) => void): Promise<void> {
    const until = performance.now() + seconds * 1000;
    while (!this.over && performance.now() < until) {
      const sample = sampleOf(this.pid, this.ground.partial);
      if (sample !== null) see(sample);
      await sleep(SAMPLE_EVERY_MS);
    }
  }

  signal(name: 'SIGINT' | 'SIGKILL'): void {
    this.child.kill(name);
  }

  /** How it ended; a process that does not is killed, and is an error. */
  async end(): Promise<number | null> {
    const late = setTimeout(() => this.close(), END_WITHIN_MS);
    const exitCode = await this.ended;
    clearTimeout(late);
    return exitCode;
  }

  /** Whether any process of its group is there, itself or one that it started. */
  get alive(): boolean {
    try {
      return process.kill(-this.pid, 0);
    } catch {
      return false;
    }
  }

  close(): void {
    open.delete(this);
    if (this.alive) process.kill(-this.pid, 'SIGKILL');
  }
}
