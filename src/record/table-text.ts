/** Lines of the table: columns padded to one width, prose wrapped. */

/** Lines of a header and cells at one width: to the right if every cell is a number, else left. */
export function padColumn(header: readonly string[], cells: readonly string[]): readonly string[] {
  const lines = [...header, ...cells];
  const width = longest(lines);
  const numeric = cells.every((cell) => /^([<\d]|-$)/.test(cell));
  return lines.map((line) => (numeric ? line.padStart(width) : line.padEnd(width)));
}

/** As many characters as the longest has; of more texts than a function may have arguments. */
export function longest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, text.length), 0);
}

const HEADER_LINES = 3;

/**
 * A header in lines of that width, broken at blanks, underscores and points before a name; wider,
 * where it would take more than three lines.
 */
export function breakHeader(header: string, widthColumns: number): readonly string[] {
  for (let width = widthColumns; ; width += 1) {
    const lines = headerLines(header, width);
    if (lines.length <= HEADER_LINES) return lines;
  }
}

function headerLines(header: string, widthColumns: number): readonly string[] {
  const lines: string[] = [];
  for (const part of header.split(/(?<=[ _])|(?<=\.)(?=[a-z])/)) {
    const last = lines.at(-1);
    if (last === undefined || (last + part).trimEnd().length > widthColumns) lines.push(part);
    else lines[lines.length - 1] = last + part;
  }
  return lines.map((line) => line.trimEnd());
}

export const NO_BREAK_SPACE = '\u00a0';

/**
 * Breaks between words, but not at a no-break space, which becomes a blank; a word longer than the
 * width is cut, so that no line is wider.
 */
export function wrapWords(text: string, widthColumns: number): readonly string[] {
  const width = Math.max(1, widthColumns);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[^\S\u00a0]+/).filter((part) => part !== '')) {
    if (line !== '' && line.length + 1 + word.length <= width) {
      line += ` ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (line.length > width) {
      lines.push(line.slice(0, width));
      line = line.slice(width);
    }
  }
  if (line !== '') lines.push(line);
  return lines.map((each) => each.replaceAll(NO_BREAK_SPACE, ' '));
}
