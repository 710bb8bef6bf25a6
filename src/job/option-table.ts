/** Every option of a job section, found by name or alias. */

import type { Option } from '../units/option.ts';
import { bufferOptions } from './options/buffers.ts';
import { copyOptions } from './options/copy.ts';
import { depthOptions } from './options/depth.ts';
import { endOptions } from './options/ends.ts';
import { fileOptions } from './options/files.ts';
import { fioDataOptions } from './options/fio-data.ts';
import { fioEngineOptions } from './options/fio-engines.ts';
import { fioFileOptions } from './options/fio-files.ts';
import { fioMachineOptions } from './options/fio-machine.ts';
import { fioPaceOptions } from './options/fio-pace.ts';
import { fioPatternOptions } from './options/fio-pattern.ts';
import { fioReportOptions } from './options/fio-report.ts';
import { grammarOptions } from './options/grammar.ts';
import { ioOptions } from './options/io.ts';
import { iologOptions } from './options/iolog.ts';
import type { JobOption } from './options/job-option.ts';
import { logOptions } from './options/log.ts';
import { paceOptions } from './options/pace.ts';
import { percentileOptions } from './options/percentiles.ts';
import { realOptions } from './options/real.ts';
import { restatedOptions } from './options/restated.ts';
import { scheduleOptions } from './options/schedule.ts';
import { sizeOptions } from './options/sizes.ts';
import { targetOptions } from './options/target.ts';
import { verifyOptions } from './options/verify.ts';
import { worldOptions } from './options/world.ts';

/** Those that a job has a value of. */
export const jobOptions: readonly JobOption[] = [
  ...targetOptions,
  ...fileOptions,
  ...ioOptions,
  ...iologOptions,
  ...sizeOptions,
  ...copyOptions,
  ...verifyOptions,
  ...scheduleOptions,
  ...depthOptions,
  ...paceOptions,
  ...endOptions,
  ...logOptions,
  ...percentileOptions,
  ...realOptions,
  ...bufferOptions,
  ...worldOptions,
  ...grammarOptions,
];

/** Those of fio's that are ignored or refused. */
export const fioOptions: readonly JobOption[] = [
  ...fioFileOptions,
  ...fioPatternOptions,
  ...fioPaceOptions,
  ...fioDataOptions,
  ...fioReportOptions,
  ...fioMachineOptions,
  ...fioEngineOptions,
];

/** All that a section may name. */
export const knownOptions: readonly JobOption[] = [
  ...jobOptions,
  ...restatedOptions,
  ...fioOptions,
];

/** By list, where each name stands in it: a file of thousands of lines asks as often. */
const places = new WeakMap<readonly Option[], ReadonlyMap<string, number>>();

export function findOption<T extends Option>(options: readonly T[], name: string): T | null {
  const place = placesIn(options).get(name);
  return place === undefined ? null : (options[place] ?? null);
}

function placesIn(options: readonly Option[]): ReadonlyMap<string, number> {
  const known = places.get(options);
  if (known !== undefined) return known;
  const made = new Map<string, number>();
  for (const [place, { name, aliases = [] }] of options.entries()) {
    for (const each of [name, ...aliases]) if (!made.has(each)) made.set(each, place);
  }
  places.set(options, made);
  return made;
}

export function optionNames(options: readonly Option[]): string[] {
  return options.flatMap((option) => [option.name, ...(option.aliases ?? [])]);
}

export function isWorldOption(option: Option): boolean {
  return worldOptions.includes(option);
}
