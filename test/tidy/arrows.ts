/** Which room may import which: the table of src/README.md, and where it is bent with a reason. */

import { importsOf } from './imports.ts';
import { type Finding, finding, type SourceFile } from './source-tree.ts';

/** All that a simulated world is made of, from the bottom up: each may import what is before it. */
const SIMULATED = ['units', 'sim', 'measure', 'workload', 'host', 'block', 'device', 'fabric'];

const ROOMS: Readonly<Record<string, readonly string[]>> = {
  units: [],
  checksum: [],
  sim: ['units'],
  measure: ['units'],
  workload: ['units', 'sim', 'measure'],
  host: ['units', 'sim', 'measure'],
  block: SIMULATED.slice(0, SIMULATED.indexOf('block')),
  device: SIMULATED.slice(0, SIMULATED.indexOf('device')),
  fabric: SIMULATED.slice(0, SIMULATED.indexOf('fabric')),
  engine: SIMULATED.slice(0, SIMULATED.indexOf('device')),
  linux: ['units', 'checksum', 'measure', 'workload'],
  job: ['units', 'checksum'],
  runner: [...SIMULATED, 'engine', 'checksum', 'linux', 'job', 'record'],
  record: ['units', 'measure', 'job'],
  compare: ['units', 'sim', 'measure', 'record'],
  plot: ['units', 'measure', 'record'],
  report: ['units', 'measure', 'record', 'plot'],
  cli: ['units', 'job', 'runner', 'record', 'compare', 'plot', 'report'],
};

interface Exception {
  readonly from: RegExp;
  readonly to: RegExp;
  readonly reason: string;
}

const EXCEPTIONS: readonly Exception[] = [
  {
    from: /^src\/job\/models\.ts$/,
    to: /^src\/(?:device\/[\w-]+|host|fabric)\/attributes\.ts$/,
    reason: 'an attribute stands once, beside the model that obeys it',
  },
];

/** Rooms of which only types may be imported. */
const TYPES_ONLY: Readonly<Record<string, string>> = { record: 'job' };

export function arrowFindings(files: readonly SourceFile[]): Finding[] {
  return files.flatMap((file) => {
    const room = roomOf(file.path);
    const allowed = ROOMS[room];
    if (allowed === undefined) return [finding(file, 1, `room ${room} is not in the table`)];
    return importsOf(file).flatMap(({ target, typeOnly, line }) => {
      const other = roomOf(target);
      if (!target.startsWith('src/') || other === room) return [];
      if (EXCEPTIONS.some(({ from, to }) => from.test(file.path) && to.test(target))) return [];
      if (!allowed.includes(other))
        return [finding(file, line, `${room} may not import ${target}`)];
      if (TYPES_ONLY[room] !== other || typeOnly) return [];
      return [finding(file, line, `${room} may import types of ${other} only, not ${target}`)];
    });
  });
}

function roomOf(path: string): string {
  return path.split('/')[1] ?? '';
}
