/**
 * How far an invocation is, on stderr while it runs: a block that is written anew on a terminal, a
 * line now and then in a log. All that is said meanwhile goes through here, so that it does not
 * stand in the middle of the block.
 */

import type { RunPlan } from '../job/plan.ts';
import type { Progress } from '../runner/invocation.ts';
import type { LookLive } from '../runner/live.ts';
import { Block, type Terminal } from './block.ts';
import type { ProgressMode } from './progress-mode.ts';
import { Pictures } from './progress-picture.ts';
import { blockLines, jobLogLines, logLine } from './progress-text.ts';

export interface ProgressSetting {
  readonly mode: ProgressMode;
  /** Figures of each job too. */
  readonly live: boolean;
  readonly runs: readonly RunPlan[];
  readonly look: LookLive;
  readonly nowMs: () => number;
}

/** What a simulated world answers is seen at the next tick. */
const TICK_MS = 500;
const LOG_EVERY_MS = 10_000;
const LIVE_EVERY_MS = 1_000;

export class ProgressDisplay {
  private readonly setting: ProgressSetting;
  private readonly stream: Terminal;
  private readonly block: Block;
  private readonly pictures: Pictures;
  private readonly startMs: number;
  private timer: NodeJS.Timeout | null = null;
  private readonly logDue = new Due(LOG_EVERY_MS);
  private readonly liveDue = new Due(LIVE_EVERY_MS);
  private progress: Progress | null = null;
  private readonly resumed = (): void => this.block.forget();

  constructor(stream: Terminal, setting: ProgressSetting) {
    this.setting = setting;
    this.stream = stream;
    this.block = new Block(stream);
    this.pictures = new Pictures(setting.runs);
    this.startMs = setting.nowMs();
    if (setting.mode === 'none') return;
    this.timer = setInterval(() => this.tick(), TICK_MS);
    this.timer.unref();
    // After Ctrl-Z the shell has written below the block.
    process.on('SIGCONT', this.resumed);
  }

  get elapsedMs(): number {
    return this.setting.nowMs() - this.startMs;
  }

  update(progress: Progress): void {
    this.progress = progress;
  }

  /** A line of its own, above the block. */
  say(sentence: string): void {
    this.block.replace(`${sentence}\n`);
    if (this.timer !== null && this.setting.mode === 'tty') this.tick();
  }

  /** Leaves the place to what comes next; a second time does nothing. */
  end(): void {
    if (this.timer === null) return;
    clearInterval(this.timer);
    this.timer = null;
    process.off('SIGCONT', this.resumed);
    this.block.replace('');
  }

  private tick(): void {
    if (this.progress === null) return;
    const { look, live, mode } = this.setting;
    const { elapsedMs } = this;
    const picture = this.pictures.picture(this.progress, look(live), elapsedMs);
    if (mode === 'tty') {
      this.block.draw(blockLines(picture, live, this.block.columns));
      return;
    }
    const lines = this.logDue.at(elapsedMs) ? [logLine(picture)] : [];
    if (live && this.liveDue.at(elapsedMs)) lines.push(...jobLogLines(picture));
    if (lines.length > 0) this.stream.write(`${lines.join('\n')}\n`);
  }
}

/** What comes again and again, late or not: at most once for each time it is due. */
class Due {
  private readonly everyMs: number;
  private nextMs: number;

  constructor(everyMs: number) {
    this.everyMs = everyMs;
    this.nextMs = everyMs;
  }

  at(nowMs: number): boolean {
    if (nowMs < this.nextMs) return false;
    this.nextMs = (Math.floor(nowMs / this.everyMs) + 1) * this.everyMs;
    return true;
  }
}
