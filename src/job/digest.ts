/**
 * `plan_sha256`: what a file asks beside what it sweeps. Computed from what was asked (canonical
 * values, defaults filled in), so that comments, line numbers, spelling and further values of a
 * sweep do not count.
 */

import { createHash } from 'node:crypto';
import type { Sources } from './assignment.ts';
import type { Declaration } from './declaration.ts';
import { jobOptions } from './option-table.ts';
import type { ClockKind } from './plan.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

const DIGEST_HEX_DIGITS = 16;

/** Not part of the question: a note, what stands in other columns of a row's key, permissions. */
const NOT_ASKED: ReadonlySet<string> = new Set([
  'description',
  'clock',
  'repeat',
  'overwrite',
  'allow_mounted_write',
  // How the file is read: what it says, the values say.
  'kb_base',
]);

export function planDigest(
  jobs: readonly Settings[],
  declarations: readonly Declaration[],
  world: World,
  clock: { readonly kind: ClockKind; readonly swept: boolean },
): string {
  const attributes = new Map<string, object>([
    ...world.hosts.map((host) => [host.name, host.attributes] as const),
    ...world.links.map((link) => [link.name, link.attributes] as const),
    ...world.devices.map(({ name, plan }) => [name, plan?.attributes ?? {}] as const),
  ]);
  const question = {
    clock: clock.swept ? null : clock.kind,
    jobs: jobs.map(jobQuestion),
    attached: world.devices.map(({ plan }) => [plan?.driver, plan?.host]),
    world: declarations.map(({ kind, name, sources }) => [
      kind,
      name,
      withoutSwept(attributes.get(name) ?? {}, sources),
    ]),
  };
  const json = JSON.stringify(question);
  return createHash('sha256').update(json).digest('hex').slice(0, DIGEST_HEX_DIGITS);
}

function jobQuestion(
  settings: Settings,
): readonly [string, readonly (readonly [string, string])[]] {
  const asked: [string, string][] = [];
  for (const option of jobOptions) {
    if (NOT_ASKED.has(option.name) || settings.isSwept(option.name)) continue;
    const value = settings.canonical(option);
    if (value !== null) asked.push([option.name, value]);
  }
  return [settings.job, asked.sort(byName)];
}

/** A swept profile moves every attribute that is not given. */
function withoutSwept(plan: object, sources: Sources): readonly (readonly [string, string])[] {
  const profileSwept = sources.get('profile')?.kind === 'axis';
  const kept: [string, string][] = [];
  for (const [name, value] of Object.entries(plan)) {
    const source = sources.get(name);
    if (source?.kind === 'axis' || (profileSwept && source === undefined)) continue;
    kept.push([name, JSON.stringify(value)]);
  }
  return kept.sort(byName);
}

function byName(left: readonly [string, string], right: readonly [string, string]): number {
  return left[0] < right[0] ? -1 : 1;
}
