/**
 * Some lines at the foot of a terminal that are written anew in place. The cursor waits on the line
 * below them, where the terminal echoes ^C. Each drawing is one write, and erases what it writes
 * over line by line: nothing is blank in between. The cursor is never hidden, so a process that is
 * killed leaves the terminal as it should be. Left out: wide characters, counted as one column.
 */

export interface Terminal {
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

const ERASE_REST_OF_LINE = '\u001b[K';
const ERASE_BELOW = '\u001b[J';

const UNKNOWN_COLUMNS = 80;
const UNKNOWN_ROWS = 24;

export class Block {
  private readonly terminal: Terminal;
  /** Lengths of the lines that stand there. */
  private lengths: readonly number[] = [];

  constructor(terminal: Terminal) {
    this.terminal = terminal;
  }

  /** Room for a line: one column less, for some terminals wrap after the last. */
  get columns(): number {
    return (this.terminal.columns || UNKNOWN_COLUMNS) - 1;
  }

  draw(lines: readonly string[]): void {
    const shown = this.fitting(lines);
    const text = shown.map((line) => `${line}${ERASE_REST_OF_LINE}\n`).join('');
    this.terminal.write(this.toTop() + text + ERASE_BELOW);
    this.lengths = shown.map((line) => line.length);
  }

  /** `text` takes its place; what follows stands below. */
  replace(text: string): void {
    if (text === '' && this.lengths.length === 0) return;
    const erase = this.lengths.length === 0 ? '' : this.toTop() + ERASE_BELOW;
    this.terminal.write(erase + text);
    this.lengths = [];
  }

  /** Somebody else has written here: what stood is no longer ours to erase. */
  forget(): void {
    this.lengths = [];
  }

  private fitting(lines: readonly string[]): readonly string[] {
    const most = Math.max(1, (this.terminal.rows || UNKNOWN_ROWS) - 1);
    if (lines.length <= most) return lines;
    const shown = lines.slice(0, Math.max(1, most - 1));
    const more = `  … and ${lines.length - shown.length} more`;
    return most === 1 ? shown : [...shown, more];
  }

  /** A terminal that became narrower has wrapped what stood there. */
  private toTop(): string {
    const columns = this.columns + 1;
    const rows = this.lengths.reduce(
      (sum, length) => sum + Math.max(1, Math.ceil(length / columns)),
      0,
    );
    return rows === 0 ? '\r' : `\r\u001b[${rows}A`;
  }
}
