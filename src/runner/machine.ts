/** The machine and the tool, for the JSON file beside the CSV. Nothing of it reaches a record. */

import * as fs from 'node:fs';
import * as os from 'node:os';
import type { Plan, RunPlan } from '../job/plan.ts';
import { machineFacts, targetEnvironment } from '../linux/environment.ts';
import type {
  BlocksEnvironment,
  Environment,
  JobFile,
  Model,
  RealEnvironment,
  ShardEnvironment,
} from '../record/environment.ts';

export interface Occasion {
  readonly toolVersion: string;
  readonly argv: readonly string[];
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** Of a side of `coffer ab`. */
  readonly ab?: BlocksEnvironment;
  readonly shard?: ShardEnvironment | null;
}

export function environmentOf(plans: readonly Plan[], occasion: Occasion): Environment {
  return {
    tool: 'coffer',
    ab: null,
    shard: null,
    ...occasion,
    nodeVersion: process.version,
    platform: process.platform,
    arch: process.arch,
    kernelRelease: os.release(),
    cpuModel: cpuModel(),
    cpus: os.availableParallelism(),
    memoryBytes: os.totalmem(),
    jobFiles: plans.map(jobFileOf),
    real: realEnvironment(plans),
  };
}

function realEnvironment(plans: readonly Plan[]): RealEnvironment | null {
  const targets = plans.flatMap(({ runs }) => runs.flatMap((run) => run.targets));
  if (targets.length === 0) return null;
  const { governors, ioUringDisabled } = machineFacts();
  const paths = [...new Set(targets.map(({ path }) => path))];
  return { governors, ioUringDisabled, targets: paths.map(targetEnvironment) };
}

function cpuModel(): string {
  // os.cpus() has it too, for the price of reading every CPU's clocks.
  const line = /^model name\s*:\s*(.+)$/m.exec(readIfThere('/proc/cpuinfo'));
  return line?.[1] ?? os.cpus()[0]?.model ?? 'unknown';
}

function readIfThere(path: string): string {
  return fs.existsSync(path) ? fs.readFileSync(path, 'utf8') : '';
}

function jobFileOf(plan: Plan): JobFile {
  const models = new Map<string, Model>();
  for (const run of plan.runs) {
    for (const model of modelsOf(run)) models.set(JSON.stringify(model), model);
  }
  return { name: plan.jobFile, text: plan.text, models: [...models.values()] };
}

function modelsOf(run: RunPlan): readonly Model[] {
  return [
    ...run.devices.map(({ name, driver }) => ({ kind: 'device', name, model: driver }) as const),
    ...run.hosts.map(({ name }) => ({ kind: 'host', name, model: 'host' }) as const),
    ...run.links.map(({ name }) => ({ kind: 'link', name, model: 'link' }) as const),
  ];
}

/** Whether a text is what formatEnvironment made of one. */
export function isEnvironment(text: string): boolean {
  return /^\{\s*"schema_version": \d+,\s*"tool": "coffer",/.test(text);
}
