/**
 * The JSON file beside the CSV: what differs between machines and times, and the text of what was
 * run. The facts come in from outside, so that nothing here reads clock or machine.
 */

import type { Bytes } from '../units/quantity.ts';
import { SCHEMA_VERSION } from './columns.ts';

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
  };
  return `${JSON.stringify(facts, null, 2)}\n`;
}
