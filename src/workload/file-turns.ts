/**
 * Which of a job's files has the next turn: fio's file_service_type without a skew, for which there
 * is `skewed-turns.ts`. A file that is through, its bytes done, has no further turn in this pass;
 * when all are, all begin anew. At most `open` files take turns with one another (openfiles): the
 * next joins when one of them is found through. All of it as measured with fio 3.33.
 */

import { Random } from '../sim/random.ts';

export interface FileTurns {
  /** The file whose turn it is. */
  next(): number;
  /** It has just had a turn, and found its bytes done. */
  through(file: number): void;
}

/** One after another, over and over: a ring of those that are open, in order. */
export class RoundTurns implements FileTurns {
  private readonly files: number;
  private readonly open: number;
  /** Of each file in the ring, its neighbours; behind the files the place where the ring begins. */
  private readonly behind: Int32Array;
  private readonly before: Int32Array;
  /** Who had the last turn. */
  private at: number;
  private unopened = 0;

  constructor(files: number, open: number) {
    this.files = files;
    this.open = open;
    this.behind = new Int32Array(files + 1);
    this.before = new Int32Array(files + 1);
    this.at = files;
    this.beginPass();
  }

  next(): number {
    const { behind, files } = this;
    const file = behind[this.at] ?? 0;
    this.at = file === files ? (behind[files] ?? 0) : file;
    return this.at;
  }

  through(file: number): void {
    const { behind, before, files } = this;
    const next = behind[file] ?? files;
    const previous = before[file] ?? files;
    behind[previous] = next;
    before[next] = previous;
    if (this.at === file) this.at = previous;
    if (this.unopened < files) this.join();
    else if (behind[files] === files) this.beginPass();
  }

  private beginPass(): void {
    const { files } = this;
    this.behind[files] = files;
    this.before[files] = files;
    this.at = files;
    this.unopened = 0;
    while (this.unopened < this.open) this.join();
  }

  private join(): void {
    const { behind, before, files } = this;
    const file = this.unopened;
    const last = before[files] ?? files;
    behind[last] = file;
    before[file] = last;
    behind[file] = files;
    before[files] = file;
    this.unopened += 1;
  }
}

/** Any of them, all alike. */
export class RandomTurns implements FileTurns {
  private readonly open: number;
  private readonly random: Random;
  /** Those that are open, then those that may be opened, then those that are through. */
  private readonly order: Int32Array;
  /** Of each file, its place there. */
  private readonly places: Int32Array;
  private opened = 0;
  private left: number;

  constructor(files: number, open: number, seeds: readonly number[]) {
    this.open = open;
    this.random = new Random(...seeds);
    this.order = Int32Array.from({ length: files }, (_, file) => file);
    this.places = this.order.slice();
    this.left = files;
  }

  next(): number {
    const among = this.opened < this.open ? this.left : this.opened;
    const place = this.random.below(among);
    const file = this.order[place] ?? 0;
    if (place >= this.opened) {
      this.exchange(place, this.opened);
      this.opened += 1;
    }
    return file;
  }

  through(file: number): void {
    this.opened -= 1;
    this.exchange(this.places[file] ?? 0, this.opened);
    this.left -= 1;
    this.exchange(this.opened, this.left);
    if (this.left === 0) this.left = this.order.length;
  }

  private exchange(one: number, other: number): void {
    const { order, places } = this;
    const file = order[one] ?? 0;
    const another = order[other] ?? 0;
    order[one] = another;
    order[other] = file;
    places[another] = one;
    places[file] = other;
  }
}
