/** Real time that passed, for people. */

import { SECOND_NS } from '../units/quantity.ts';
import { formatTime } from '../units/time.ts';

/** `250 ms`, `99.4 s`, `2 min`, `5 h` */
export function formatElapsed(elapsedMs: number): string {
  const seconds = elapsedMs / 1000;
  if (seconds < 100) return formatTime((Math.round(elapsedMs) * SECOND_NS) / 1000);
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

/** As a stopwatch shows it: `0:07`, `12:34`, `1:02:03`; whole seconds, rounded down. */
export function formatStopwatch(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}
