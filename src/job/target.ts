/** Which simulated device a job works on, which one its copies go to, and from which host. */

import type { DeviceFacts } from '../units/option.ts';
import type { DevicePlan, HostPlan } from './plan.ts';
import type { Settings } from './settings.ts';
import type { Side, Target } from './side.ts';
import { didYouMean } from './suggest.ts';
import type { World, WorldDevice } from './world.ts';

export interface SimulatedTarget extends Target {
  readonly facts: DeviceFacts;
  readonly destFacts: DeviceFacts;
}

/** null: there is none to judge the rest of the job by, which has been reported. */
export function resolveTarget(settings: Settings, world: World): SimulatedTarget | null {
  if (!settings.has('filename')) {
    const example = world.devices.map((device) => device.name).join(' or ');
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
    host,
    source: sideOf(plan),
    destination: sideOf(destPlan),
    facts: plan.facts,
    destFacts: destPlan.facts,
  };
}

function sideOf({ name, facts: { sizeBytes, logicalBlockBytes } }: DevicePlan): Side {
  const endBytes = sizeBytes;
  return { name, keys: [name], sizeBytes, endBytes, blockBytes: logicalBlockBytes };
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
