/**
 * What a controller tells its surroundings beside the protocol's bytes: interrupts, and what things
 * cost.
 */

import type { Bytes } from '../../units/quantity.ts';
import type { Namespace } from './namespace.ts';

export interface InterruptHandler {
  /** MSI-X message of this vector. */
  interrupt(vector: number): void;
}

/** Measurement, not protocol: what commands cost, for whoever knows whose they are. */
export interface Probe {
  /** The completion entry is in host memory; called before the interrupt. */
  finished(queueId: number, commandId: number, namespace: Namespace, costs: CommandCosts): void;
  /** An aborted command went on to cost, or a program unit was padded. */
  unasked(namespace: Namespace, costs: CommandCosts): void;
}

export interface CommandCosts {
  readonly pcieTxBytes: Bytes;
  readonly pcieRxBytes: Bytes;
  readonly mediaReadBytes: Bytes;
  readonly mediaWriteBytes: Bytes;
}
