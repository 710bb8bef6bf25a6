/** Lists whose parts may be arithmetic: what stands in parentheses is never taken apart. */

/** The parts between characters of `separators`, but for those inside parentheses. */
export function splitOutside(text: string, separators: RegExp): string[] {
  const parts: string[] = [];
  let depth = 0;
  let begin = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (depth <= 0 && separators.test(character)) {
      parts.push(text.slice(begin, at));
      begin = at + 1;
    }
  }
  parts.push(text.slice(begin));
  return parts;
}
