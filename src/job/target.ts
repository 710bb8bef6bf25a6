/** Which simulated devices a job works on, where its copies go, and from which host. */

import { present } from '../units/assert.ts';
import type { DeviceFacts } from '../units/option.ts';
import { listed, warnNumber } from './file-names.ts';
import type { DevicePlan, HostPlan } from './plan.ts';
import { pairs } from './real-target.ts';
import type { Settings } from './settings.ts';
import type { Side, Target } from './side.ts';
import { didYouMean } from './suggest.ts';
import type { World } from './world.ts';

/** One of a job's files: a device, and where its copies go. */
export interface SimulatedTarget extends Target {
  readonly facts: DeviceFacts;
  readonly destFacts: DeviceFacts;
}

/** By file; null: there is none to judge the rest of the job by, which has been reported. */
export function resolveTargets(
  settings: Settings,
  world: World,
): readonly SimulatedTarget[] | null {
  if (!settings.has('filename')) {
    const example = world.devices.map((device) => device.name).join(' or ');
    settings.refuse(['filename'], `the job names no device; give filename=${example}`);
    return null;
  }
  const sources = findDevices(settings, 'filename', world);
  const destinations = settings.has('dest_filename')
    ? findDevices(settings, 'dest_filename', world)
    : sources;
  if (sources === null || destinations === null) return null;
  if (!pairs(settings, sources, destinations)) return null;
  warnNumber(settings, sources.length);
  const host = resolveHost(settings, world.hosts, sources, destinations);
  if (host === null) return null;
  return sources.map((plan, index) => {
    const one = destinations.length === 1 ? destinations[0] : destinations[index];
    const destPlan = present(one, 'a destination');
    return {
      host,
      source: sideOf(plan),
      destination: sideOf(destPlan),
      facts: plan.facts,
      destFacts: destPlan.facts,
    };
  });
}

function sideOf({ name, facts: { sizeBytes, logicalBlockBytes } }: DevicePlan): Side {
  const endBytes = sizeBytes;
  return { name, keys: [name], sizeBytes, endBytes, blockBytes: logicalBlockBytes };
}

/** null: one of them is none, or has mistakes of its own. */
function findDevices(
  settings: Settings,
  option: string,
  world: World,
): readonly DevicePlan[] | null {
  const text = settings.optionalText(option);
  if (text === null) return null;
  const names = listed(text);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined || names.length === 0) {
    const what =
      twice === undefined ? `${text} names no device` : `${twice} comes twice; name it once`;
    settings.refuse([option], what);
    return null;
  }
  const plans: DevicePlan[] = [];
  let broken = false;
  for (const name of names) {
    const device = world.devices.find((candidate) => candidate.name === name);
    if (device === undefined) settings.refuse([option], whyNoDevice(name, world));
    const plan = device?.plan ?? null;
    if (plan === null) broken = true;
    else plans.push(plan);
  }
  return broken ? null : plans;
}

function whyNoDevice(name: string, world: World): string {
  const names = world.devices.map((device) => device.name);
  if (name.includes('/')) {
    return (
      `${name} is a real file or block device beside simulated devices; one file has either, so ` +
      `name one of ${names.join(', ')}`
    );
  }
  return `no device is called ${name}${didYouMean(name, names)}; declare [device ${name}]`;
}

/** The one that all devices are attached to; null: there is none, which has been reported. */
function resolveHost(
  settings: Settings,
  hosts: readonly HostPlan[],
  sources: readonly DevicePlan[],
  destinations: readonly DevicePlan[],
): string | null {
  const attached = present(sources[0], 'a device').host;
  const name = settings.optionalText('host');
  if (name !== null && name !== attached) {
    const names = hosts.map((host) => host.name);
    const what = names.includes(name)
      ? `the device is attached to ${attached}; reaching it from ${name} is not supported yet`
      : `no host is called ${name}${didYouMean(name, names)}; declare [host ${name}]`;
    settings.refuse(['host', 'filename'], what);
    return null;
  }
  if (settings.isBroken('host')) return null;
  const away = sources.find(({ host }) => host !== attached);
  if (away !== undefined) {
    const what =
      `${away.name} is attached to ${away.host}, not to ${attached}; a job of devices of several ` +
      'hosts is not supported yet';
    settings.refuse(['filename'], what);
    return null;
  }
  const other = destinations.find(({ host }) => host !== attached);
  if (other === undefined) return attached;
  const what =
    `${other.name} is attached to ${other.host}, not to ${attached}; ` +
    'copies between hosts are not supported yet';
  settings.refuse(['dest_filename', 'filename'], what);
  return null;
}
