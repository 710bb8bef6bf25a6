/**
 * A soak of the real engines: many runs in one process, one process after another, half of which
 * are interrupted, and one that is killed with I/Os in its ring. What a process holds must not
 * grow, nothing may be left, and no job may end other than it should. Problems are sentences.
 */

import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MIB } from '../../src/units/quantity.ts';
import { CofferProcess, Ground } from './coffer-process.ts';
import { describe, type Growth, growths, problems } from './growth.ts';
import { meanOf, type Sample } from './sample.ts';

const ENGINES = 'test/soak/engines.fio';
const MIDRING = 'test/soak/mid-ring.fio';
/** A run of them takes longer: its jobs alone, one after another, twelve times 30 ms. */
const RUN_LEAST_S = 0.36;
const INTERRUPTED = 130;
const SOME_JOB_FAILED = 1;

export type Say = (line: string) => void;

export async function soakRuns(seconds: number, parent: string, say: Say): Promise<string[]> {
  const ground = new Ground(parent);
  const process = start(ground, ENGINES, Math.ceil(seconds / RUN_LEAST_S));
  try {
    const samples: Sample[] = [];
    await process.watch(seconds, (sample) => {
      samples.push(sample);
      if (samples.length % 100 === 0) say(line(sample, samples[0] ?? sample));
    });
    process.signal('SIGINT');
    const found = [...ending(await process.end(), INTERRUPTED, process), ...remains(ground)];
    if (found.length > 0) return found;
    const grown = growths(samples);
    const rows = ground.outcomes.filter((outcome) => !outcome.includes(' not_run: ')).length;
    say(`${rows} rows of one process; in its second half ${told(grown)}`);
    return [...problems(grown), ...failures(ground)];
  } finally {
    process.close();
    ground.close();
  }
}

export async function soakProcesses(seconds: number, parent: string, say: Say): Promise<string[]> {
  const means: Sample[] = [];
  const until = performance.now() + seconds * 1000;
  for (let count = 0; performance.now() < until; count += 1) {
    const ground = new Ground(parent);
    const interrupted = count % 2 === 1;
    const process = start(ground, ENGINES, interrupted ? 10 : 2);
    try {
      const samples: Sample[] = [];
      await process.begun();
      // Each at another moment: between runs, while files are laid out, with a full ring.
      await process.watch(interrupted ? (count % 16) / 10 : seconds, (sample) => {
        samples.push(sample);
      });
      if (interrupted) process.signal('SIGINT');
      const expected = interrupted ? INTERRUPTED : SOME_JOB_FAILED;
      const found = [...ending(await process.end(), expected, process), ...remains(ground)];
      if (found.length > 0) return found;
      const wrong = failures(ground);
      if (wrong.length > 0) return wrong;
      if (!interrupted && samples.length > 0) means.push(meanOf(samples, count));
    } finally {
      process.close();
      ground.close();
    }
  }
  const grown = growths(means);
  say(`${means.length} whole processes; in the second half of them ${told(grown)}`);
  return [...problems(grown)];
}

/** What SIGKILL leaves is the record so far and the files that were made, and they are of use. */
export async function killMidRing(parent: string): Promise<string[]> {
  const ground = new Ground(parent);
  const process = start(ground, MIDRING, 1);
  try {
    while (process.alive && ground.outcomesSoFar.length === 0) await sleep(5);
    while (process.alive && !hasRing(process.pid)) await sleep(5);
    await sleep(200);
    process.signal('SIGKILL');
    const found = ending(await process.end(), null, process);
    const left = [...readdirSync(ground.folder).sort(), ...ground.left].join(' ');
    if (left !== 'files soak.csv.partial copy source') found.push(`SIGKILL has left: ${left}`);
    const rows = ground.outcomesSoFar.join(', ');
    if (rows !== 'copies done: null') found.push(`the record so far is: ${rows}`);
    const again = start(ground, MIDRING, 1, ['--set', 'number_ios=100']);
    found.push(...ending(await again.end(), 0, again), ...remains(ground));
    return found;
  } finally {
    process.close();
    ground.close();
  }
}

function start(
  ground: Ground,
  job: string,
  repeat: number,
  more: readonly string[] = [],
): CofferProcess {
  const settings = [`directory=${ground.files}`, `repeat=${repeat}`];
  return new CofferProcess(ground, [job, ...settings.flatMap((text) => ['--set', text]), ...more]);
}

function hasRing(pid: number): boolean {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).some((fd) => linkOf(join(folder, fd)).includes('[io_uring]'));
}

/** Empty: it is closed already. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function ending(exitCode: number | null, expected: number | null, process: CofferProcess) {
  const found: string[] = [];
  const told = process.stderr.trim();
  if (exitCode !== expected) found.push(`exit code ${exitCode}, not ${expected}: ${told}`);
  if (process.alive) found.push(`process group ${process.pid} is still there`);
  return found;
}

function remains(ground: Ground): string[] {
  return ground.left.map((name) => `${name} is left`);
}

/** Rows of jobs that ended other than they should. */
function failures(ground: Ground): string[] {
  const expected =
    /^(?:psync-refused failed: (?:EOPNOTSUPP|EINVAL)|[\w-]+ (?:done|interrupted|not_run):)/;
  return ground.outcomes.filter((outcome) => !expected.test(outcome));
}

function line(now: Sample, first: Sample): string {
  const elapsed = `${Math.round(now.atS - first.atS)} s`.padStart(7);
  const memory = `${Math.round(now.memoryBytes / MIB)} MiB`;
  return `${elapsed}: ${memory}, ${now.descriptors} descriptors, ${now.mappings} mappings`;
}

function told(grown: readonly Growth[]): string {
  return grown.map(describe).join(', ');
}
