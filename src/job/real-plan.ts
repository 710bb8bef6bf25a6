/** What a plan says of real targets: what a job asks of its engine, and what of its files. */

import { layoutPattern, resolveBuffers } from './buffers.ts';
import { destinationUses, sourceUses } from './check-real.ts';
import { choice } from './choice.ts';
import type { RealEngine, RealJobPlan, TargetPlan } from './plan.ts';
import { fileOf, type RealTarget } from './real-target.ts';
import type { Region, Shape } from './region.ts';
import type { Access } from './rw.ts';
import type { Settings } from './settings.ts';
import type { Surroundings } from './surroundings.ts';
import { verifies, verifiesWhatIsThere } from './verification.ts';

export function realJobPlan(
  settings: Settings,
  targets: readonly RealTarget[],
  shape: Shape,
  engine: RealEngine,
  access: Access,
): RealJobPlan {
  const paths = (filesOf: (target: RealTarget) => RealTarget['files']) =>
    Array.from({ length: shape.numjobs }, (_, clone) =>
      targets.flatMap((target) => {
        const files = filesOf(target);
        return files.length === 0 ? [] : [fileOf(files, clone).path];
      }),
    );
  const copies = shape.directions.includes('copy');
  // Where nothing is written: end_fsync=1 in [global] is for the jobs that write.
  const syncs = engine !== 'null' && access !== 'read';
  const writes = shape.directions.includes('write');
  return {
    engine,
    files: paths(({ files }) => files),
    destFiles: paths(({ files, destFiles }) => (copies ? destFiles : files)),
    direct: settings.flag('direct'),
    fsync: syncs ? settings.int('fsync') : 0,
    fdatasync: syncs ? settings.int('fdatasync') : 0,
    endFsync: syncs && settings.flag('end_fsync'),
    stamps: choice(settings.text('stamps'), ['io', 'batch']),
    fixedbufs: settings.flag('fixedbufs'),
    registerfiles: settings.flag('registerfiles'),
    buffers: resolveBuffers(settings, engine, writes, verifies(settings)),
  };
}

/** The files of one job; of the null engine none. */
export function targetPlans(
  settings: Settings,
  surroundings: Surroundings,
  target: RealTarget,
  shape: Shape,
  region: Region,
  access: Access,
): readonly TargetPlan[] {
  const { allowDestructive, readonly } = surroundings;
  const asked = {
    fallocate: choice(settings.text('fallocate'), ['none', 'native', 'truncate']),
    bufferPattern: layoutPattern(settings),
    overwrite: allowDestructive || settings.flag('overwrite'),
    allowMountedWrite: allowDestructive || settings.flag('allow_mounted_write'),
    invalidate: settings.flag('invalidate'),
    prewarm: settings.flag('prewarm'),
    unlink: settings.flag('unlink') && !readonly,
  };
  const keep = verifiesWhatIsThere(settings);
  // A reflink needs no room, and finds room that was made for it in its way.
  const shares =
    access === 'copy' && settings.text('path') === 'offload' && !settings.has('fallocate');
  const uses = [
    ...sourceUses(target, shape, region, access),
    ...destinationUses(target, shape, region),
  ];
  return mergeTargets(
    uses.map(({ file, reads, writes, neededBytes }) => {
      const kind = file.facts.kind === 'block' ? 'block' : 'file';
      return {
        path: file.path,
        kind,
        read: reads,
        written: writes,
        neededBytes,
        readBytes: reads ? neededBytes : 0,
        foundBytes: file.facts.sizeBytes,
        contentBytes: keep ? file.facts.sizeBytes : file.facts.contentBytes,
        keep,
        layout: kind === 'file' && settings.flag('layout') && !readonly,
        ...asked,
        fallocate: shares && writes && !reads ? 'none' : asked.fallocate,
      };
    }),
  );
}

/** What several ask of one file is what any of them asks; the first says how room is made in it. */
export function mergeTargets(all: readonly TargetPlan[]): readonly TargetPlan[] {
  const merged = new Map<string, TargetPlan>();
  for (const plan of all) {
    const first = merged.get(plan.path);
    merged.set(plan.path, first === undefined ? plan : mergeTwo(first, plan));
  }
  return [...merged.values()];
}

function mergeTwo(first: TargetPlan, next: TargetPlan): TargetPlan {
  return {
    ...first,
    read: first.read || next.read,
    written: first.written || next.written,
    neededBytes: Math.max(first.neededBytes, next.neededBytes),
    readBytes: Math.max(first.readBytes, next.readBytes),
    layout: first.layout || next.layout,
    keep: first.keep || next.keep,
    contentBytes: Math.max(first.contentBytes, next.contentBytes),
    bufferPattern: first.bufferPattern ?? next.bufferPattern,
    overwrite: first.overwrite || next.overwrite,
    allowMountedWrite: first.allowMountedWrite || next.allowMountedWrite,
    invalidate: first.invalidate || next.invalidate,
    prewarm: first.prewarm || next.prewarm,
    unlink: first.unlink || next.unlink,
  };
}
