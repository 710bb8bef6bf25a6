/**
 * `plan_sha256`: what a file asks beside what it sweeps. Computed from what was asked (canonical
 * values, defaults filled in), so that comments, line numbers, spelling and further values of a
 * sweep do not count. Logs that are swept over do, all of them at each point: their names, which
 * the point has, do not tell what they ask.
 */

import { createHash } from 'node:crypto';
import { isVerifyMethod } from '../checksum/verify-method.ts';
import type { AttributeValue, AttributeValues, Option } from '../units/option.ts';
import { canonicalValue } from '../units/value.ts';
import type { Declaration } from './declaration.ts';
import { jobOptions } from './option-table.ts';
import { logOptions } from './options/log.ts';
import type { Iologs } from './iolog-cache.ts';
import type { ClockKind } from './plan.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

const DIGEST_HEX_DIGITS = 16;

/**
 * Not part of the question: a note, what stands in other columns of a row's key, permissions, what
 * is written beside the record.
 */
const NOT_ASKED: ReadonlySet<string> = new Set([
  'description',
  'clock',
  'repeat',
  'overwrite',
  'allow_mounted_write',
  // How the file is read: what it says, the values say.
  'kb_base',
  // What the logs say is asked, whatever they are called.
  'read_iolog',
  ...logOptions.map(({ name }) => name),
]);

export function planDigest(
  jobs: readonly Settings[],
  declarations: readonly Declaration[],
  world: World,
  clock: { readonly kind: ClockKind; readonly swept: boolean },
  iologs: Iologs,
): string {
  const attributes = new Map<string, AttributeValues>([
    ...world.hosts.map((host) => [host.name, host.attributes] as const),
    ...world.links.map((link) => [link.name, link.attributes] as const),
    ...world.devices.map(({ name, plan }) => [name, plan?.attributes ?? {}] as const),
  ]);
  const question = {
    clock: clock.swept ? null : clock.kind,
    jobs: jobs.map((job) => jobQuestion(job, iologs)),
    attached: world.devices.map(({ plan }) => [plan?.driver, plan?.host]),
    world: declarations.map((declaration) => [
      declaration.kind,
      declaration.name,
      attributesAsked(attributes.get(declaration.name) ?? {}, declaration),
    ]),
  };
  const json = JSON.stringify(question);
  return createHash('sha256').update(json).digest('hex').slice(0, DIGEST_HEX_DIGITS);
}

function jobQuestion(
  settings: Settings,
  iologs: Iologs,
): readonly [string, readonly (readonly [string, string])[]] {
  const asked: [string, string][] = [];
  for (const option of jobOptions) {
    if (NOT_ASKED.has(option.name) || settings.isSwept(option.name)) continue;
    const value = settings.canonical(option);
    if (value !== null) asked.push([option.name, asBefore(settings, option.name, value)]);
  }
  const logs = settings.everyText('read_iolog').map((path) => iologs.sha256(path));
  if (logs.length > 0) asked.push(['iolog', logs.toSorted().join(' ')]);
  return [settings.job, asked.sort(byName)];
}

/** Where nothing is verified at any point, io is all, and was written so before it meant less. */
function asBefore(settings: Settings, name: string, value: string): string {
  if (name !== 'continue_on_error' || value !== 'io') return value;
  return settings.everyText('verify').some(isVerifyMethod) ? value : 'all';
}

/** A swept profile moves every attribute that is not given. */
function attributesAsked(
  plan: AttributeValues,
  { sources, table }: Declaration,
): readonly (readonly [string, string])[] {
  const profileSwept = sources.get('profile')?.kind === 'axis';
  const kept: [string, string][] = [];
  for (const [name, value] of Object.entries(plan)) {
    const source = sources.get(name);
    if (source?.kind === 'axis' || (profileSwept && source === undefined)) continue;
    const option = table?.options.find((candidate) => candidate.name === name);
    if (option !== undefined && isAsBefore(option, value)) continue;
    kept.push([name, JSON.stringify(value)]);
  }
  return kept.sort(byName);
}

/** As it was before there was the attribute. */
function isAsBefore(option: Option, value: AttributeValue): boolean {
  if (option.later !== true) return false;
  return value === null || canonicalValue(option, value) === option.default;
}

function byName(left: readonly [string, string], right: readonly [string, string]): number {
  return left[0] < right[0] ? -1 : 1;
}
