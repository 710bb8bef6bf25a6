/**
 * What a wall-clock figure depends on beside its plan, from the JSON beside a CSV: by name, as
 * text. Of Node the major version, of memory to a tenth of a GiB (kernels reserve more or less of
 * it); of real targets what they lie on, but not the name that a disk got at this boot.
 */

import { GIB } from '../units/quantity.ts';

export type Facts = ReadonlyMap<string, string>;

const OF_A_MACHINE = [
  'platform',
  'arch',
  'kernel_release',
  'cpu_model',
  'cpus',
] as const satisfies readonly string[];

const OF_A_TARGET = ['file_system', 'mount_options'] as const satisfies readonly string[];

const OF_A_DEVICE = [
  'model',
  'rotational',
  'scheduler',
  'logical_block_bytes',
  'physical_block_bytes',
  'write_cache',
  'copy_limits',
] as const satisfies readonly string[];

/** null: no JSON, or not one that coffer wrote. */
export function environmentFacts(text: string): Facts | null {
  const environment = parse(text);
  if (fieldOf(environment, 'tool') !== 'coffer') return null;
  const facts = new Map<string, string>();
  const node = /^v\d+/.exec(String(fieldOf(environment, 'node_version')));
  facts.set('node_version', node?.[0] ?? 'unknown');
  for (const name of OF_A_MACHINE) facts.set(name, told(fieldOf(environment, name)));
  const memoryBytes = fieldOf(environment, 'memory_bytes');
  const memory =
    typeof memoryBytes === 'number' ? `${(memoryBytes / GIB).toFixed(1)} GiB` : 'unknown';
  facts.set('memory', memory);
  const real = fieldOf(environment, 'real');
  if (real === undefined) return facts;
  facts.set('governors', told(fieldOf(real, 'governors')));
  facts.set('io_uring_disabled', told(fieldOf(real, 'io_uring_disabled')));
  for (const target of listOf(fieldOf(real, 'targets'))) addTarget(facts, target);
  return facts;
}

function addTarget(facts: Map<string, string>, target: unknown): void {
  const path = told(fieldOf(target, 'path'));
  for (const name of OF_A_TARGET) facts.set(`${path}: ${name}`, told(fieldOf(target, name)));
  for (const [place, device] of listOf(fieldOf(target, 'devices')).entries()) {
    for (const name of OF_A_DEVICE) {
      facts.set(`${path}: device ${place + 1}: ${name}`, told(fieldOf(device, name)));
    }
  }
}

export interface FactsDiffer {
  readonly name: string;
  readonly baseline: string;
  readonly candidate: string;
}

export function differingFacts(baseline: Facts, candidate: Facts): readonly FactsDiffer[] {
  const names = new Set([...baseline.keys(), ...candidate.keys()]);
  return [...names]
    .map((name) => ({
      name,
      baseline: baseline.get(name) ?? 'absent',
      candidate: candidate.get(name) ?? 'absent',
    }))
    .filter((fact) => fact.baseline !== fact.candidate);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fieldOf(object: unknown, name: string): unknown {
  if (typeof object !== 'object' || object === null) return undefined;
  return Object.entries(object).find(([key]) => key === name)?.[1];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function told(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? 'unknown' : JSON.stringify(value);
}
