/** Which device a job works on, which one its copies go to, and from which host. */

import type { DeviceFacts } from '../units/option.ts';
import type { HostPlan } from './plan.ts';
import { isDeclaredName } from './sections.ts';
import type { Settings } from './settings.ts';
import { didYouMean } from './suggest.ts';
import type { World, WorldDevice } from './world.ts';

export interface Target {
  readonly device: string;
  readonly host: string;
  readonly facts: DeviceFacts;
  readonly destDevice: string;
  readonly destFacts: DeviceFacts;
}

/** null: there is none to judge the rest of the job by, which has been reported. */
export function resolveTarget(settings: Settings, world: World): Target | null {
  if (!settings.has('filename')) {
    const names = world.devices.map((device) => device.name);
    const example = names.length === 0 ? 'NAME and declare [device NAME]' : names.join(' or ');
    settings.refuse(['filename'], `the job names no device; give filename=${example}`);
    return null;
  }
  const source = findDevice(settings, 'filename', world);
  const destination = settings.has('dest_filename')
    ? findDevice(settings, 'dest_filename', world)
    : source;
  const plan = source?.plan ?? null;
  const destPlan = destination?.plan ?? null;
  if (plan === null || destPlan === null) return null;
  const host = resolveHost(settings, world.hosts, plan.host);
  if (host === null) return null;
  if (destPlan.host !== plan.host) {
    const what =
      `${destPlan.name} is attached to ${destPlan.host}, not to ${host}; ` +
      'copies between hosts are not supported yet';
    settings.refuse(['dest_filename', 'filename'], what);
    return null;
  }
  return {
    device: plan.name,
    host,
    facts: plan.facts,
    destDevice: destPlan.name,
    destFacts: destPlan.facts,
  };
}

function findDevice(settings: Settings, option: string, world: World): WorldDevice | null {
  const name = settings.optionalText(option);
  if (name === null) return null;
  const device = world.devices.find((candidate) => candidate.name === name);
  if (device !== undefined) return device;
  settings.refuse([option], whyNoDevice(name, world));
  return null;
}

function whyNoDevice(name: string, world: World): string {
  const names = world.devices.map((device) => device.name);
  if (name.includes(':') && name.split(':').some((part) => names.includes(part))) {
    return `a list of several targets is not supported yet; give each device a job of its own`;
  }
  if (names.length === 0) {
    const declared = isDeclaredName(name) ? name : 'NAME';
    return (
      `${name} is no declared device; real files and block devices are not supported yet, ` +
      `declare [device ${declared}] and name it here`
    );
  }
  if (name.includes('/')) {
    return (
      `${name} is a real file or block device beside simulated devices; one file has either, so ` +
      `name one of ${names.join(', ')}`
    );
  }
  return `no device is called ${name}${didYouMean(name, names)}; declare [device ${name}]`;
}

function resolveHost(
  settings: Settings,
  hosts: readonly HostPlan[],
  attached: string,
): string | null {
  const name = settings.optionalText('host');
  if (name === null || name === attached) return settings.isBroken('host') ? null : attached;
  const names = hosts.map((host) => host.name);
  const what = names.includes(name)
    ? `the device is attached to ${attached}; reaching it from ${name} is not supported yet`
    : `no host is called ${name}${didYouMean(name, names)}; declare [host ${name}]`;
  settings.refuse(['host', 'filename'], what);
  return null;
}
