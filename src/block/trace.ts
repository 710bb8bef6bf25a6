/**
 * The life of every bio in a world, in blktrace's words: Q queued, X split, M and F merged (back,
 * front), D issued to the driver, R given back by it, C completed. *Why was it split?*
 * is answered by the limits named beside an X. Collected only with `--trace`; each line of it is
 * one `TraceEvent`.
 */

import type { Simulation } from '../sim/simulation.ts';
import type { Nanoseconds, Sectors } from '../units/quantity.ts';
import { type Status, statusName } from '../workload/status.ts';
import type { Bio } from './bio.ts';
import type { BlockDevice } from './block-device.ts';
import type { Limits } from './limits.ts';
import { Operation, operationName } from './operation.ts';
import type { Plug } from './plug.ts';
import type { Request } from './request.ts';

export type TraceAction = 'Q' | 'X' | 'M' | 'F' | 'D' | 'R' | 'C';

export interface TraceEvent {
  readonly atNs: Nanoseconds;
  readonly action: TraceAction;
  readonly device: string;
  readonly cpu: number;
  /** Number of the bio, from 1; pieces of a split have numbers of their own. */
  readonly bio: number;
  readonly operation: string;
  readonly sector: Sectors;
  readonly sizeSectors: Sectors;
  /** The reason, the partner or the outcome. */
  readonly note: string;
}

export class Trace {
  readonly events: TraceEvent[] = [];
  private readonly simulation: Simulation;
  private bios = 0;

  constructor(simulation: Simulation) {
    this.simulation = simulation;
  }

  queued(device: BlockDevice, bio: Bio, plug: Plug): void {
    this.bios += 1;
    bio.id = this.bios;
    this.built('Q', device, bio, '', plug);
  }

  /** `front` was cut off; `rest` is what the bio still holds. */
  split(device: BlockDevice, rest: Bio, front: Bio, plug: Plug): void {
    this.bios += 1;
    front.id = this.bios;
    const why = splitReason(rest.operation, device.limits);
    const note = `from ${rest.id}, rest ${rest.sector}+${rest.sizeSectors}: ${why}`;
    this.built('X', device, front, note, plug);
  }

  merged(device: BlockDevice, bio: Bio, side: 'back' | 'front', plug: Plug): void {
    this.built(side === 'back' ? 'M' : 'F', device, bio, '', plug);
  }

  /** Ended by the block layer itself: nothing was sent. */
  refused(device: BlockDevice, bio: Bio, status: Status, plug: Plug): void {
    this.built('C', device, bio, `${statusName(status)}, refused`, plug);
  }

  issued(device: BlockDevice, request: Request): void {
    this.request('D', device, request, `tag ${request.hardwareQueue}.${request.tag}`, this.nowNs);
  }

  requeued(device: BlockDevice, request: Request): void {
    this.request('R', device, request, 'device short of resources', this.nowNs);
  }

  completed(device: BlockDevice, request: Request, status: Status, atNs: Nanoseconds): void {
    this.request('C', device, request, statusName(status), atNs);
  }

  private get nowNs(): Nanoseconds {
    return this.simulation.nowNs;
  }

  private request(
    action: TraceAction,
    device: BlockDevice,
    request: Request,
    note: string,
    atNs: Nanoseconds,
  ): void {
    for (let bio: Bio | null = request.first; bio !== null; bio = bio.next) {
      this.push(atNs, action, device, bio, note, request.cpu);
    }
  }

  /** In the submitting task, at the start of the slice in which it builds this. */
  private built(
    action: TraceAction,
    device: BlockDevice,
    bio: Bio,
    note: string,
    plug: Plug,
  ): void {
    this.push(plug.buildsAtNs, action, device, bio, note, plug.cpu);
  }

  private push(
    atNs: Nanoseconds,
    action: TraceAction,
    device: BlockDevice,
    bio: Bio,
    note: string,
    cpu: number,
  ): void {
    this.events.push({
      atNs,
      action,
      device: device.name,
      cpu,
      bio: bio.id,
      operation: operationName(bio.operation),
      sector: bio.sector,
      sizeSectors: bio.sizeSectors,
      note,
    });
  }
}

function splitReason(operation: Operation, limits: Limits): string {
  if (operation === Operation.DISCARD) return `max_discard_sectors ${limits.maxDiscardSectors}`;
  if (operation === Operation.WRITE_ZEROES) {
    return `max_write_zeroes_sectors ${limits.maxWriteZeroesSectors}`;
  }
  return `max_sectors ${limits.maxSectors}, max_segments ${limits.maxSegments}`;
}
