/**
 * What a wall-clock figure depends on beside its plan, from the JSON beside a CSV: by name, as
 * text. Of Node the major version, of memory to a tenth of a GiB (kernels reserve more or less of
 * it); of real targets what they lie on, but not the name that a disk got at this boot.
 */

import { type Fields, fieldsOf, listOf, readEnvironment } from '../record/environment-read.ts';
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
  const environment = readEnvironment(text);
  if (environment?.['tool'] !== 'coffer') return null;
  const facts = new Map<string, string>();
  facts.set('node_version', ofEach(environment['node_version'], nodeText));
  for (const name of OF_A_MACHINE) facts.set(name, told(environment[name]));
  facts.set('memory', ofEach(environment['memory_bytes'], memoryText));
  if (environment['real'] === undefined) return facts;
  const real = fieldsOf(environment['real']);
  facts.set('governors', told(real['governors']));
  facts.set('io_uring_disabled', told(real['io_uring_disabled']));
  for (const target of listOf(real['targets'])) addTarget(facts, fieldsOf(target));
  return facts;
}

/** Beside a merged record, a list: of each machine its own. */
function ofEach(value: unknown, textOf: (value: unknown) => string): string {
  return Array.isArray(value) ? [...new Set(value.map(textOf))].join(', ') : textOf(value);
}

function nodeText(version: unknown): string {
  return /^v\d+/.exec(String(version))?.[0] ?? 'unknown';
}

function memoryText(bytes: unknown): string {
  return typeof bytes === 'number' ? `${(bytes / GIB).toFixed(1)} GiB` : 'unknown';
}

function addTarget(facts: Map<string, string>, target: Fields): void {
  const path = told(target['path']);
  // Beside a merged record one path has the facts of each machine that differs.
  const add = (name: string, text: string): void => {
    const before = facts.get(`${path}: ${name}`) ?? text;
    facts.set(`${path}: ${name}`, before === text ? text : `${before}, ${text}`);
  };
  for (const name of OF_A_TARGET) add(name, told(target[name]));
  for (const [place, device] of listOf(target['devices']).entries()) {
    for (const name of OF_A_DEVICE) {
      add(`device ${place + 1}: ${name}`, told(fieldsOf(device)[name]));
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

function told(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? 'unknown' : JSON.stringify(value);
}
