/** `coffer calibrate`: this machine as a `[host]` section. */

import { hostModel } from '../job/models.ts';
import { isDeclaredName } from '../job/sections.ts';
import { type Calibration, calibrate as measure } from '../runner/calibrate.ts';
import { EXIT } from './exit-code.ts';
import { UsageError } from './usage-error.ts';

export interface CalibrateFlags {
  readonly name: string;
}

export async function calibrate({ name }: CalibrateFlags): Promise<number> {
  if (!isDeclaredName(name)) {
    throw new UsageError(`--name "${name}": use letters, digits, _ and -`);
  }
  process.stdout.write(hostSection(name, await measure()));
  return EXIT.good;
}

export function hostSection(name: string, measured: Calibration): string {
  const values = new Map([
    ['cpus', String(measured.cpus)],
    ['syscall', `${Math.round(measured.syscallNs)}ns`],
    ['context_switch', `${Math.round(measured.contextSwitchNs)}ns`],
    ['memory_bandwidth', `${(measured.memoryBytesPerSecond / 1e9).toFixed(1)}gB`],
  ]);
  const rest = hostModel.options.filter((option) => !values.has(option.name));
  return [
    '; Measured by coffer calibrate: medians. A system call includes some tens of ns of Node,',
    '; a context switch the waking of a CPU that sleeps.',
    `[host ${name}]`,
    ...[...values].map(([option, value]) => `${option}=${value}`),
    '; No program can measure these alone, interrupts among them; they keep their defaults:',
    ...rest.map((option) => `; ${option.name}=${option.default ?? ''}`),
    '',
  ].join('\n');
}
