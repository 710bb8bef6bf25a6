/** Lines of the table: columns padded to one width, prose wrapped. */

/** Header and cells at one width: right-aligned if every cell is a number, else left. */
export function padColumn(header: string, cells: readonly string[]): readonly string[] {
  const width = Math.max(header.length, ...cells.map((cell) => cell.length));
  const numeric = cells.every((cell) => /^([<\d]|-$)/.test(cell));
  return [header, ...cells].map((cell) => (numeric ? cell.padStart(width) : cell.padEnd(width)));
}

/** Breaks between words; a word longer than the width is cut, so that no line is wider. */
export function wrapWords(text: string, widthColumns: number): readonly string[] {
  const width = Math.max(1, widthColumns);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
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
  return lines;
}
