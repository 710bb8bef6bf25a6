/**
 * How far an invocation is, on stderr: one line that rewrites itself on a terminal; elsewhere
 * nothing, so that a log holds no more than the line at the end.
 */

import { SECOND_NS } from '../units/quantity.ts';
import { formatTime } from '../units/time.ts';
import type { Progress } from '../runner/invocation.ts';
import type { ReadLive } from '../runner/live.ts';
import { LiveRate } from './live-rate.ts';

export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const REFRESH_MS = 250;
const ERASE_LINE = '\r\u001b[K';

export class ProgressLine {
  private readonly stream: ProgressStream;
  private readonly nowMs: () => number;
  private readonly startMs: number;
  private readonly timer: NodeJS.Timeout | null;
  private readonly rate: LiveRate;
  private progress: Progress | null = null;

  constructor(stream: ProgressStream, nowMs: () => number, live: ReadLive = () => null) {
    this.rate = new LiveRate(live);
    this.stream = stream;
    this.nowMs = nowMs;
    this.startMs = nowMs();
    this.timer = stream.isTTY === true ? setInterval(() => this.draw(), REFRESH_MS) : null;
    this.timer?.unref();
  }

  get elapsedMs(): number {
    return this.nowMs() - this.startMs;
  }

  update(progress: Progress): void {
    this.progress = progress;
    if (this.timer !== null && progress.done === progress.runs) this.draw();
  }

  /** Leaves the line to what comes next. */
  end(): void {
    if (this.timer === null) return;
    clearInterval(this.timer);
    this.stream.write(ERASE_LINE);
  }

  private draw(): void {
    if (this.progress === null) return;
    const rate = this.rate.text(this.nowMs());
    this.stream.write(ERASE_LINE + formatProgress(this.progress, this.elapsedMs) + rate);
  }
}

/** `12/30 runs (40 %), 3.2 s, about 5 s left` */
export function formatProgress({ done, kept, runs }: Progress, elapsedMs: number): string {
  const share = `${done}/${runs} runs (${Math.floor((100 * done) / runs)} %)`;
  const elapsed = formatElapsed(elapsedMs);
  // What was kept took no time.
  if (done === kept || done === runs) return `${share}, ${elapsed}`;
  const leftMs = (elapsedMs / (done - kept)) * (runs - done);
  return `${share}, ${elapsed}, about ${formatElapsed(leftMs)} left`;
}

export function formatElapsed(elapsedMs: number): string {
  const seconds = elapsedMs / 1000;
  if (seconds < 100) return formatTime((Math.round(elapsedMs) * SECOND_NS) / 1000);
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
