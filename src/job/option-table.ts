/** Every option of a job section, found by name or alias. */

import type { Option } from '../units/option.ts';
import { copyOptions } from './options/copy.ts';
import { ioOptions } from './options/io.ts';
import type { JobOption } from './options/job-option.ts';
import { realOptions } from './options/real.ts';
import { scheduleOptions } from './options/schedule.ts';
import { targetOptions } from './options/target.ts';
import { worldOptions } from './options/world.ts';

export const jobOptions: readonly JobOption[] = [
  ...targetOptions,
  ...ioOptions,
  ...copyOptions,
  ...scheduleOptions,
  ...realOptions,
  ...worldOptions,
];

export function findOption<T extends Option>(options: readonly T[], name: string): T | null {
  const named = (option: T) => option.name === name || option.aliases?.includes(name) === true;
  return options.find(named) ?? null;
}

export function optionNames(options: readonly Option[]): string[] {
  return options.flatMap((option) => [option.name, ...(option.aliases ?? [])]);
}

export function isWorldOption(option: Option): boolean {
  return worldOptions.includes(option);
}
