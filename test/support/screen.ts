/**
 * What a terminal shows after what was written to it: text, CR, LF, cursor up, erasing, and lines
 * that wrap; colours are only noted. Any other control sequence is an error: nobody should write it.
 */

export class Screen {
  readonly columns: number;
  readonly rows: number;
  /** Something had a colour or another dress. */
  dressed = false;
  /** Each as long as what was written in it. */
  private readonly cells: string[] = [''];
  private x = 0;
  private y = 0;

  constructor(columns: number, rows = 24) {
    this.columns = columns;
    this.rows = rows;
  }

  write(text: string): void {
    // oxlint-disable-next-line no-control-regex
    for (const [token] of text.matchAll(/\u001b\[[\d;?]*[A-Za-z]|[^]/gu)) this.obey(token);
  }

  /** Without blanks at the end of lines, nor empty lines at the end. */
  get text(): string {
    const lines = this.cells.map((line) => line.trimEnd());
    while (lines.at(-1) === '') lines.pop();
    return lines.join('\n');
  }

  /** Where the cursor stands: `column,line`, from 0. */
  get cursor(): string {
    return `${this.x},${this.y}`;
  }

  private obey(token: string): void {
    if (token === '\r') this.x = 0;
    else if (token === '\n') this.lineFeed();
    else if (token === '\u001b[K') this.erase(this.y);
    else if (token === '\u001b[J') this.eraseBelow();
    else if (/^.\[\d+A$/.test(token)) this.y -= Number(token.slice(2, -1));
    else if (/^.\[[\d;]*m$/.test(token)) this.dressed = true;
    else if (token < ' ') throw new Error(`written to the terminal: ${JSON.stringify(token)}`);
    else this.put(token);
    if (this.y < 0) throw new Error('the cursor left the screen');
  }

  private put(char: string): void {
    if (this.x === this.columns) this.lineFeed();
    const line = this.cells[this.y] ?? '';
    this.cells[this.y] = line.slice(0, this.x).padEnd(this.x) + char + line.slice(this.x + 1);
    this.x += 1;
  }

  /** With a carriage return, as the kernel's terminals add it. */
  private lineFeed(): void {
    this.x = 0;
    this.y += 1;
    this.cells[this.y] ??= '';
  }

  private erase(line: number): void {
    this.cells[line] = (this.cells[line] ?? '').slice(0, this.x);
  }

  private eraseBelow(): void {
    this.erase(this.y);
    for (let line = this.y + 1; line < this.cells.length; line += 1) this.cells[line] = '';
  }
}
