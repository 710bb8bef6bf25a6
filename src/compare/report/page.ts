/** Lines of a report for a terminal of some width: prose wrapped, colour where it is wanted. */

import { styleText } from 'node:util';
import { wrapWords } from '../../record/table-text.ts';
import type { Verdict } from '../verdict.ts';

export type Style = 'red' | 'yellow' | 'green' | 'dim' | 'bold';

export const VERDICT_STYLES = {
  regression: 'red',
  inconclusive: 'yellow',
  changed: 'yellow',
  better: 'green',
  pass: 'dim',
} as const satisfies Readonly<Record<Verdict, Style>>;

export class Page {
  private readonly lines: string[] = [];
  private readonly widthColumns: number;
  private readonly colour: boolean;

  constructor(widthColumns: number, colour: boolean) {
    this.widthColumns = widthColumns;
    this.colour = colour;
  }

  get width(): number {
    return this.widthColumns;
  }

  line(text: string, style: Style | null = null): void {
    // What a file says may hold what a terminal would obey.
    const shown = text.trimEnd().replaceAll(/\p{Cc}/gu, '?');
    this.lines.push(this.paint(shown, style));
  }

  prose(text: string, indent = '', style: Style | null = null): void {
    for (const line of wrapWords(text, this.widthColumns - indent.length)) {
      this.line(indent + line, style);
    }
  }

  text(): string {
    return `${this.lines.join('\n')}\n`;
  }

  private paint(text: string, style: Style | null): string {
    if (!this.colour || style === null || text === '') return text;
    return styleText(style, text, { validateStream: false });
  }
}
