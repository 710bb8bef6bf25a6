/** CPUs as fio lists them: `0-3,5`. */

import { quoted } from '../units/number.ts';
import { accepted, type Parsed, refused } from '../units/parsed.ts';
import type { Settings } from './settings.ts';

/** CONFIG_NR_CPUS of the largest kernels. */
const CPUS_MAX = 8192;

/** In rising order, each once. */
export function parseCpuList(text: string): Parsed<readonly number[]> {
  const cpus = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(part.trim());
    if (match === null) return refused(`${quoted(text)} lists no CPUs; write them as 0-3,5`);
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    if (last >= CPUS_MAX) return refused(`CPU ${last} is beyond ${CPUS_MAX - 1}; give less`);
    if (last < first) return refused(`${quoted(part.trim())} ends before it begins; swap the two`);
    for (let cpu = first; cpu <= last; cpu++) cpus.add(cpu);
  }
  return accepted([...cpus].sort((left, right) => left - right));
}

/** `cpus`: how many the host has; null: the run finds out. */
export function resolveCpus(settings: Settings, cpus: number | null): readonly number[] | null {
  const text = settings.optionalText('cpus_allowed');
  if (text === null) return null;
  const list = parseCpuList(text);
  if (!list.ok) {
    settings.refuse(['cpus_allowed'], list.what);
    return null;
  }
  const last = list.value.at(-1) ?? 0;
  if (cpus !== null && last >= cpus) {
    const what = `the host has no CPU ${last}, its last is ${cpus - 1}; give less, or more cpus=`;
    settings.refuse(['cpus_allowed'], what);
  }
  return list.value;
}
