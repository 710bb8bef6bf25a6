/**
 * The JSON beside a CSV, read back as far as it is there: a report without it is still one, and
 * says what is missing. What has another shape is left out, fact by fact.
 */

import { fieldsOf, listOf, readEnvironment } from '../record/environment-read.ts';

export interface EnvironmentFacts {
  /** Name and value, for a list. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly jobFiles: readonly { readonly name: string; readonly text: string }[];
}

/** In the order of the report. */
const NAMES: readonly (readonly [field: string, name: string])[] = [
  ['tool_version', 'coffer'],
  ['node_version', 'Node'],
  ['platform', 'platform'],
  ['arch', 'architecture'],
  ['kernel_release', 'kernel'],
  ['cpu_model', 'CPU'],
  ['cpus', 'CPUs'],
  ['started_at', 'started'],
  ['ended_at', 'ended'],
];

/** null: the text is no JSON object. */
export function parseEnvironment(text: string): EnvironmentFacts | null {
  const json = readEnvironment(text);
  if (json === null) return null;
  const facts = NAMES.flatMap(([field, name]) => {
    // Of a merged record a list, where its shards differ.
    const values = [json[field]].flat().filter(isSimple);
    return values.length > 0 ? [[name, values.join(', ')] as const] : [];
  });
  const argv = listOf(json['argv']).filter((word) => typeof word === 'string');
  const command = argv.length === 0 ? [] : [['command', `coffer ${argv.join(' ')}`] as const];
  const jobFiles = listOf(json['job_files']).flatMap((file) => {
    const { name, text: source } = fieldsOf(file);
    return typeof name === 'string' && typeof source === 'string' ? [{ name, text: source }] : [];
  });
  return { facts: [...command, ...facts, ...targetFacts(json['real'])], jobFiles };
}

function isSimple(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

/** Of real targets: file system, mount, disk. */
function targetFacts(real: unknown): readonly (readonly [string, string])[] {
  return listOf(fieldsOf(real)['targets'])
    .map(fieldsOf)
    .flatMap((target) => {
      if (typeof target['path'] !== 'string') return [];
      const where = [target['file_system'], target['mount_point']]
        .filter((word) => typeof word === 'string')
        .join(' at ');
      const disks = listOf(target['devices'])
        .map(fieldsOf)
        .map(({ name, model }) =>
          [name, model].filter((word) => typeof word === 'string').join(' '),
        );
      return [
        [target['path'], [where, ...disks].filter((word) => word !== '').join(', ')] as const,
      ];
    });
}
