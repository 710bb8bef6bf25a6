/**
 * The simulated world at one point of the sweep: hosts, links, devices, and the rules among them.
 */

import { resolve } from 'node:path';
import { present } from '../units/assert.ts';
import type { DeviceFacts } from '../units/option.ts';
import { type Point, valueAt } from './assignment.ts';
import { judge, resolveAttributes } from './attributes.ts';
import type { Declaration } from './declaration.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { DevicePlan, HostPlan, LinkPlan } from './plan.ts';
import { didYouMean } from './suggest.ts';

export interface World {
  readonly hosts: readonly HostPlan[];
  readonly links: readonly LinkPlan[];
  readonly devices: readonly WorldDevice[];
}

export interface WorldDevice {
  readonly name: string;
  readonly declaration: Declaration;
  /** null: mistakes in its section leave open what it is; they have been reported. */
  readonly plan: DevicePlan | null;
}

/** Of jobs on real files. */
export const NO_WORLD: World = { hosts: [], links: [], devices: [] };

export function resolveWorld(
  declarations: readonly Declaration[],
  point: Point,
  diagnostics: Diagnostics,
): World {
  const ofKind = (kind: Declaration['kind']) => declarations.filter((one) => one.kind === kind);
  const hosts = ofKind('host').map((host) => ({
    name: host.name,
    attributes: resolveAttributes(host, point, diagnostics).values,
  }));
  const links = ofKind('link').map((link) => {
    const what = 'no device uses the link: devices behind a link are not supported yet';
    diagnostics.warn(link.place, `[link ${link.name}]`, what);
    return { name: link.name, attributes: resolveAttributes(link, point, diagnostics).values };
  });
  const declared = ofKind('device');
  const devices = declared.map((device) => ({
    name: device.name,
    declaration: device,
    plan: resolveDevice(device, declared, hosts, point, diagnostics),
  }));
  refuseMixedData(devices, diagnostics);
  refuseSharedFiles(devices, point, diagnostics);
  return { hosts, links, devices };
}

function resolveDevice(
  declaration: Declaration,
  devices: readonly Declaration[],
  hosts: readonly HostPlan[],
  point: Point,
  diagnostics: Diagnostics,
): DevicePlan | null {
  const { table, name } = declaration;
  if (table === null) return null;
  const attributes = resolveAttributes(declaration, point, diagnostics);
  const controller = controllerOf(declaration, devices, point, diagnostics);
  const host = hostOf(declaration, controller, hosts, point, diagnostics);
  if (host === null || controller === 'unknown') return null;
  const facts = judge(attributes, present(table.facts, `facts of the model ${table.model}`));
  if (facts === null) return null;
  return { name, driver: table.model, host, attributes: attributes.values, facts };
}

/** The device whose controller a namespace shares; null: the device has its own. */
function controllerOf(
  declaration: Declaration,
  devices: readonly Declaration[],
  point: Point,
  diagnostics: Diagnostics,
): Declaration | 'unknown' | null {
  if (declaration.table?.model !== 'nvme-ns') return null;
  const given = valueAt(declaration.sources.get('controller'), point);
  const name = given?.value;
  if (given === null || typeof name !== 'string') return 'unknown';
  const controllers = devices.filter((device) => device.table?.model === 'nvme');
  const controller = controllers.find((device) => device.name === name);
  if (controller !== undefined) return controller;
  // A device whose own driver is missing may well be the controller: that mistake comes first.
  if (devices.some((device) => device.name === name && device.table === null)) return 'unknown';
  const near = didYouMean(
    name,
    controllers.map((device) => device.name),
  );
  const what = `no device with driver=nvme is called ${name}${near}; declare [device ${name}]`;
  diagnostics.error(given.place, 'controller', what);
  return 'unknown';
}

function hostOf(
  declaration: Declaration,
  controller: Declaration | 'unknown' | null,
  hosts: readonly HostPlan[],
  point: Point,
  diagnostics: Diagnostics,
): string | null {
  const given = valueAt(declaration.sources.get('host'), point);
  const name = given?.value ?? null;
  if (given !== null) {
    if (typeof name !== 'string') return null;
    if (controller !== null && controller !== 'unknown') {
      const where = `[device ${controller.name}]`;
      const what = `a namespace is where its controller is; give host= to ${where}`;
      diagnostics.error(given.place, 'host', what);
      return null;
    }
    if (hosts.some((host) => host.name === name)) return name;
    const near = didYouMean(
      name,
      hosts.map((host) => host.name),
    );
    diagnostics.error(
      given.place,
      'host',
      `no host is called ${name}${near}; declare [host ${name}]`,
    );
    return null;
  }
  if (controller === 'unknown') return null;
  if (controller !== null) return hostOf(controller, null, hosts, point, diagnostics);
  if (hosts.length === 1) return hosts[0]?.name ?? null;
  const names = hosts.map((host) => host.name).join(', ');
  const what = `several hosts are declared; add host= with one of ${names}`;
  diagnostics.error(declaration.place, `[device ${declaration.name}]`, what);
  return null;
}

/** Bytes kept as tags, or not kept, cannot be copied to a device that keeps bytes. */
function refuseMixedData(devices: readonly WorldDevice[], diagnostics: Diagnostics): void {
  const first = devices.find((device) => device.plan !== null);
  const expected = first?.plan?.facts.data;
  if (first === undefined || expected === undefined) return;
  for (const { name, declaration, plan } of devices) {
    if (plan === null || contentOf(plan.facts.data) === contentOf(expected)) continue;
    const what =
      `${name} keeps data=${plan.facts.data} and ${first.name} data=${expected}: content would ` +
      'not survive a copy between them; give both the same data=';
    const place = declaration.sources.get('data')?.place ?? declaration.place;
    diagnostics.error(place, 'data', what);
  }
}

function contentOf(data: DeviceFacts['data']): DeviceFacts['data'] {
  return data === 'memory' ? 'file' : data;
}

/** Each device writes its backing file from the first byte on. */
function refuseSharedFiles(
  devices: readonly WorldDevice[],
  point: Point,
  diagnostics: Diagnostics,
): void {
  const owners = new Map<string, string>();
  for (const { name, declaration, plan } of devices) {
    const file = plan?.attributes['backing_file'];
    if (typeof file !== 'string') continue;
    const path = resolve(file);
    const owner = owners.get(path);
    if (owner === undefined) owners.set(path, name);
    else {
      const given = valueAt(declaration.sources.get('backing_file'), point);
      const what = `${file} is the backing file of ${owner} already; give ${name} one of its own`;
      diagnostics.error(given?.place ?? declaration.place, 'backing_file', what);
    }
  }
}
