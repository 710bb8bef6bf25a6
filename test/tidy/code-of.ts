/**
 * A text with its comments and the insides of its strings and regular expressions blanked, line for line
 * and column for column: what is left is code. A scanner, not a parser: TypeScript 7 has no API to ask.
 */

/** What may stand before a regular expression: an operator, never a value. */
const BEFORE_REGEX = /(?:^|[(,=:[!&|?{};+\-*%<>~^]|\breturn|\btypeof|\bcase)\s*$/;

export function codeOf(text: string): string {
  return new Scanner(text).scan();
}

class Scanner {
  private readonly text: string;
  private at = 0;
  private code = '';

  constructor(text: string) {
    this.text = text;
  }

  scan(): string {
    while (this.at < this.text.length) this.next();
    return this.code;
  }

  private next(): void {
    const rest = this.text.slice(this.at, this.at + 2);
    const char = rest.charAt(0);
    if (rest === '//') this.blankTo(this.end('\n'));
    else if (rest === '/*') this.blankTo(this.end('*/', 2) + 2);
    else if (char === "'" || char === '"') this.quoted(char);
    else if (char === '`') this.template();
    else if (char === '/' && BEFORE_REGEX.test(this.code.slice(-40))) this.regex();
    else this.keep();
  }

  private keep(): void {
    this.code += this.text.charAt(this.at);
    this.at += 1;
  }

  private blankTo(end: number): void {
    this.code += this.text.slice(this.at, end).replace(/[^\n]/g, ' ');
    this.at = end;
  }

  private end(mark: string, from = 0): number {
    const end = this.text.indexOf(mark, this.at + from);
    return end === -1 ? this.text.length - mark.length + 1 : end;
  }

  private quoted(quote: string): void {
    this.keep();
    let end = this.at;
    while (end < this.text.length && this.text[end] !== quote && this.text[end] !== '\n') {
      end += this.text[end] === '\\' ? 2 : 1;
    }
    this.blankTo(end);
    this.keep();
  }

  private regex(): void {
    this.keep();
    let end = this.at;
    let inClass = false;
    for (; end < this.text.length && this.text[end] !== '\n'; end += 1) {
      const char = this.text[end];
      if (char === '\\') end += 1;
      else if (char === '[') inClass = true;
      else if (char === ']') inClass = false;
      else if (char === '/' && !inClass) break;
    }
    this.blankTo(end);
    this.keep();
  }

  /** Code inside `${…}` stays. */
  private template(): void {
    this.keep();
    while (this.at < this.text.length && this.text[this.at] !== '`') {
      if (this.text[this.at] === '\\') this.blankTo(this.at + 2);
      else if (this.text.startsWith('${', this.at)) this.substitution();
      else this.blankTo(this.at + 1);
    }
    this.keep();
  }

  private substitution(): void {
    this.keep();
    this.keep();
    for (let depth = 1; depth > 0 && this.at < this.text.length; ) {
      if (this.text[this.at] === '{') depth += 1;
      if (this.text[this.at] === '}') depth -= 1;
      this.next();
    }
  }
}
