/**
 * A trace as text, after blkparse's columns: device, CPU, sequence, seconds, bio, action,
 * operation, `sector + sectors`, and the note in brackets. Where blkparse gives major,minor and
 * pid, this gives the device's name and the number of the bio; operations are spelled out (blkparse
 * has no letter for a copy).
 */

import type { Nanoseconds } from '../units/quantity.ts';
import { SECOND_NS } from '../units/quantity.ts';
import type { TraceEvent } from './trace.ts';

/** Columns of the fields; a negative width is left-aligned. */
const WIDTHS = [-10, 3, 8, 16, 8, 3, -12] as const;

const HEADER = [
  '# Q queued  X split  M merged at the back  F merged at the front',
  '# D issued to the driver  R given back by it  C completed',
  `# ${columns(['device', 'cpu', 'seq', 'seconds', 'bio', 'act', 'operation'])}` +
    ' sector + sectors [note]',
];

/** Lines, each with its end; in order of time. */
export function* formatTraceText(events: readonly TraceEvent[]): Generator<string> {
  for (const line of HEADER) yield `${line}\n`;
  let sequence = 0;
  for (const event of inOrderOfTime(events)) {
    sequence += 1;
    yield `${formatEvent(event, sequence)}\n`;
  }
}

/**
 * An interrupt's completions carry the time of its end, which lies after what was traced in
 * between.
 */
export function inOrderOfTime(events: readonly TraceEvent[]): readonly TraceEvent[] {
  return [...events].sort((a, b) => a.atNs - b.atNs);
}

function formatEvent(event: TraceEvent, sequence: number): string {
  const fields = columns([
    event.device,
    event.cpu < 0 ? '-' : String(event.cpu),
    String(sequence),
    formatSeconds(event.atNs),
    String(event.bio),
    event.action,
    event.operation,
  ]);
  const note = event.note === '' ? '' : ` [${event.note}]`;
  return `${fields} ${event.sector} + ${event.sizeSectors}${note}`;
}

function columns(fields: readonly string[]): string {
  return fields
    .map((field, place) => {
      const width = WIDTHS[place] ?? 0;
      return width < 0 ? field.padEnd(-width) : field.padStart(width);
    })
    .join(' ');
}

function formatSeconds(timeNs: Nanoseconds): string {
  const wholeNs = Math.round(timeNs);
  const seconds = Math.floor(wholeNs / SECOND_NS);
  return `${seconds}.${String(wholeNs - seconds * SECOND_NS).padStart(9, '0')}`;
}
