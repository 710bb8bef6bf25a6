/**
 * The JSON file beside the CSV: what differs between machines and times, and the text of what was
 * run. The facts come in from outside, so that nothing here reads clock or machine.
 */

import type { Bytes } from '../units/quantity.ts';
import type { Shard } from '../units/shard.ts';
import { SCHEMA_VERSION } from './columns.ts';
import { type Fields, fieldsOf } from './environment-read.ts';

export interface Environment {
  readonly tool: string;
  readonly toolVersion: string;
  readonly nodeVersion: string;
  /** As `process.platform` and `process.arch` say it. */
  readonly platform: string;
  readonly arch: string;
  readonly kernelRelease: string;
  readonly cpuModel: string;
  readonly cpus: number;
  readonly memoryBytes: Bytes;
  readonly argv: readonly string[];
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** null: it has not ended. */
  readonly endedAt: string | null;
  readonly jobFiles: readonly JobFile[];
  /** null: no real file or block device was named. */
  readonly real: RealEnvironment | null;
  /** null: the record is no side of `coffer ab`. */
  readonly ab: BlocksEnvironment | null;
  /** null: the record has all runs of its plan. */
  readonly shard: ShardEnvironment | null;
}

/** Which share of a plan the record has: what `coffer merge` goes by. */
export interface ShardEnvironment extends Shard {
  /** Of all shards together. */
  readonly points: number;
  /** runsDigest() of the runs of all shards, in the order of the plan. */
  readonly runsSha256: string;
}

/** How `coffer ab` came by one of its two records: repetition n of a row is block n. */
export interface BlocksEnvironment {
  readonly side: 'a' | 'b';
  /** What made this side, as `--set` takes it. */
  readonly settings: readonly string[];
  /** Of the order of the blocks. */
  readonly seed: number;
  /** By block, which side ran first. */
  readonly order: readonly ('ab' | 'ba')[];
}

/** Facts of the machine that figures of real targets depend on. */
export interface RealEnvironment {
  /** By governor, the CPUs that have it. */
  readonly governors: Readonly<Record<string, readonly number[]>>;
  readonly ioUringDisabled: number | null;
  readonly targets: readonly TargetEnvironment[];
}

export interface TargetEnvironment {
  readonly path: string;
  readonly fileSystem: string | null;
  readonly mountPoint: string | null;
  readonly mountOptions: readonly string[] | null;
  readonly devices: readonly {
    readonly name: string;
    readonly model: string | null;
    readonly rotational: boolean | null;
    readonly scheduler: string | null;
    readonly logicalBlockBytes: Bytes | null;
    readonly physicalBlockBytes: Bytes | null;
    readonly writeCache: string | null;
    /** Files copy_* of its queue in sysfs. */
    readonly copyLimits: Readonly<Record<string, number>>;
  }[];
}

export interface JobFile {
  readonly name: string;
  /** With its includes. */
  readonly text: string;
  readonly models: readonly Model[];
}

/** What stood for a device, a host or a link of the job file. */
export interface Model {
  readonly kind: 'device' | 'host' | 'link';
  readonly name: string;
  /** `null_blk`, `nvme`, `host`, `link`. */
  readonly model: string;
}

export function formatEnvironment(environment: Environment): string {
  const facts = {
    schema_version: SCHEMA_VERSION,
    tool: environment.tool,
    tool_version: environment.toolVersion,
    node_version: environment.nodeVersion,
    platform: environment.platform,
    arch: environment.arch,
    kernel_release: environment.kernelRelease,
    cpu_model: environment.cpuModel,
    cpus: environment.cpus,
    memory_bytes: environment.memoryBytes,
    argv: environment.argv,
    started_at: environment.startedAt,
    ended_at: environment.endedAt,
    job_files: environment.jobFiles.map(({ name, text, models }) => ({
      name,
      models: models.map(({ kind, name: modelled, model }) => ({ kind, name: modelled, model })),
      text,
    })),
    ...(environment.real === null ? {} : { real: realFacts(environment.real) }),
    ...(environment.ab === null ? {} : { ab: environment.ab }),
    ...(environment.shard === null ? {} : { shard: shardFacts(environment.shard) }),
  };
  return `${JSON.stringify(facts, null, 2)}\n`;
}

function shardFacts({ index, count, points, runsSha256 }: ShardEnvironment): object {
  return { index, count, points, runs_sha256: runsSha256 };
}

/** null: the JSON is of no shard, or its facts are not those that coffer writes. */
export function shardOf(environment: Fields): ShardEnvironment | null {
  const { index, count, points, runs_sha256: runsSha256 } = fieldsOf(environment['shard']);
  if (!isCount(index) || !isCount(count) || !isCount(points)) return null;
  if (index < 1 || index > count || typeof runsSha256 !== 'string') return null;
  return { index, count, points, runsSha256 };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function realFacts({ governors, ioUringDisabled, targets }: RealEnvironment): object {
  return {
    governors,
    io_uring_disabled: ioUringDisabled,
    targets: targets.map((target) => ({
      path: target.path,
      file_system: target.fileSystem,
      mount_point: target.mountPoint,
      mount_options: target.mountOptions,
      devices: target.devices.map((device) => ({
        name: device.name,
        model: device.model,
        rotational: device.rotational,
        scheduler: device.scheduler,
        logical_block_bytes: device.logicalBlockBytes,
        physical_block_bytes: device.physicalBlockBytes,
        write_cache: device.writeCache,
        copy_limits: device.copyLimits,
      })),
    })),
  };
}
