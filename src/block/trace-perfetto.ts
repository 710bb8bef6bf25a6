/**
 * A trace as JSON that ui.perfetto.dev opens (the Trace Event Format): a process per device; in it
 * a slice per request, from D to C (or R), on the first lane that is free, so that the lanes in use
 * are the requests in flight; and a thread of instants for what happened to bios above the driver.
 */

import type { Nanoseconds } from '../units/quantity.ts';
import { MICROSECOND_NS } from '../units/quantity.ts';
import type { TraceEvent } from './trace.ts';
import { inOrderOfTime } from './trace-text.ts';

/** The thread of the instants; lanes are counted from 1. */
const BIOS = 0;

/** A request in flight. Its bios stand in consecutive D events of one time and tag. */
interface Slice {
  readonly issued: TraceEvent;
  readonly bios: number[];
  readonly lane: number;
}

interface Track {
  readonly process: number;
  /** By number of the bio. */
  readonly inFlight: Map<number, Slice>;
  /** By lane. */
  readonly busy: boolean[];
  latest: Slice | null;
}

/** Pieces of one JSON document. */
export function* formatTracePerfetto(events: readonly TraceEvent[]): Generator<string> {
  yield '{"displayTimeUnit":"ns","traceEvents":[';
  let separator = '\n';
  for (const event of traceEvents(inOrderOfTime(events))) {
    yield separator + JSON.stringify(event);
    separator = ',\n';
  }
  yield '\n]}\n';
}

function* traceEvents(events: readonly TraceEvent[]): Generator<object> {
  const tracks = new Map<string, Track>();
  let endNs = 0;
  for (const event of events) {
    endNs = event.atNs;
    let track = tracks.get(event.device);
    if (track === undefined) {
      track = { process: tracks.size + 1, inFlight: new Map(), busy: [true], latest: null };
      tracks.set(event.device, track);
      yield named('process_name', track.process, BIOS, event.device);
      yield named('thread_name', track.process, BIOS, 'bios');
    }
    yield* onTrack(track, event);
  }
  for (const track of tracks.values()) {
    for (const slice of new Set(track.inFlight.values())) {
      yield sliceOf(track, slice, endNs, 'in flight at the end');
    }
  }
}

function* onTrack(track: Track, event: TraceEvent): Generator<object> {
  if (event.action === 'D') {
    const lanes = track.busy.length;
    const { lane } = issue(track, event);
    if (lane >= lanes) yield named('thread_name', track.process, lane, `in flight ${lane}`);
  } else if (event.action === 'C' || event.action === 'R') {
    const slice = track.inFlight.get(event.bio);
    // A bio that never reached the driver ends without a request of its own; later bios of a
    // request find their slice ended.
    if (slice === undefined) return;
    for (const bio of slice.bios) track.inFlight.delete(bio);
    track.busy[slice.lane] = false;
    track.latest = null;
    yield sliceOf(track, slice, event.atNs, event.note);
    if (event.action === 'R') yield instant(track, event);
  } else {
    yield instant(track, event);
  }
}

/** The slice of a request: the one just begun, if this is a further bio of it. */
function issue(track: Track, event: TraceEvent): Slice {
  const latest = track.latest;
  if (latest !== null && latest.issued.atNs === event.atNs && latest.issued.note === event.note) {
    latest.bios.push(event.bio);
    track.inFlight.set(event.bio, latest);
    return latest;
  }
  let lane = 1;
  while (track.busy[lane] === true) lane += 1;
  track.busy[lane] = true;
  const slice = { issued: event, bios: [event.bio], lane };
  track.inFlight.set(event.bio, slice);
  track.latest = slice;
  return slice;
}

function named(
  name: 'process_name' | 'thread_name',
  process: number,
  thread: number,
  text: string,
): object {
  return { ph: 'M', name, pid: process, tid: thread, args: { name: text } };
}

function sliceOf(track: Track, slice: Slice, endNs: Nanoseconds, outcome: string): object {
  const { issued, bios, lane } = slice;
  return {
    ph: 'X',
    name: issued.operation,
    cat: 'request',
    pid: track.process,
    tid: lane,
    ts: issued.atNs / MICROSECOND_NS,
    dur: (endNs - issued.atNs) / MICROSECOND_NS,
    args: { ...argumentsOf(issued), bios: bios.join(' '), issued: issued.note, outcome },
  };
}

function instant(track: Track, event: TraceEvent): object {
  return {
    ph: 'i',
    s: 't',
    name: `${event.action} ${event.operation}`,
    cat: 'bio',
    pid: track.process,
    tid: BIOS,
    ts: event.atNs / MICROSECOND_NS,
    args: { bio: event.bio, ...argumentsOf(event), note: event.note },
  };
}

function argumentsOf(event: TraceEvent): object {
  return { sector: event.sector, size_sectors: event.sizeSectors, cpu: event.cpu };
}
