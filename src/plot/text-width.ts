/**
 * How wide a text will be, without a font: the advance widths of DejaVu Sans, the widest of the
 * families that figures name, so that what fits here fits wherever the figure is opened. (Vega
 * itself guesses 0.8 em for every character, and knows better only where a canvas is.)
 */

/** Thousandths of an em, from the space (0x20) to the tilde (0x7e). */
const ADVANCES = [
  318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636,
  636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
  575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685,
  611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579,
  278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];
/** Bold letters are about a tenth wider. */
export const BOLD = 1.1;
/** As wide as the widest of the signs that labels use: × ≈ … — */
const OTHER = 1000;

/** In pixels, at a font size in pixels. */
export function textWidth(text: string, fontSize: number): number {
  let thousandths = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    thousandths += ADVANCES[code - 0x20] ?? OTHER;
  }
  return (thousandths * fontSize) / 1000;
}

/** Breaks between words; a word wider than the width stands alone. */
export function wrapText(text: string, fontSize: number, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, fontSize) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}
