/**
 * One of the words that an option knows, some with a number behind a colon, as `rw=read:8k` (a
 * stride) and `rw=randread:8` (a run). The value is the text, its number canonical.
 */

import { canonicalBytes, type KbBase } from './bytes.ts';
import { parseCount, parseSize } from './computed.ts';
import { quoted } from './number.ts';
import type { Option } from './option.ts';
import { accepted, type Parsed, refused } from './parsed.ts';

export function parseChoice(option: Option, text: string, kbBase: KbBase): Parsed<string> {
  const choices = option.choices ?? [];
  const named = (word: string): string => option.choiceAliases?.[word] ?? word;
  if (choices.includes(text)) return accepted(named(text));
  const colon = text.indexOf(':');
  const word = colon < 0 ? text : text.slice(0, colon);
  const suffix = option.choiceSuffixes?.[named(word)];
  if (colon < 0 || suffix === undefined || !choices.includes(word)) {
    return refused(`${quoted(text)} is not known; write one of ${choices.join(', ')}`);
  }
  const number = text.slice(colon + 1);
  const parsed = suffix === 'run' ? parseRun(number) : parseStride(number, kbBase);
  if (!parsed.ok || parsed.value === '') return parsed.ok ? accepted(named(word)) : parsed;
  return { ...parsed, value: `${named(word)}:${parsed.value}` };
}

/** Nothing, where it is 1: each I/O draws anyway. */
function parseRun(text: string): Parsed<string> {
  const count = parseCount(text);
  if (!count.ok) return count;
  if (count.value < 1) return refused(`${text} is no number of I/Os; give at least 1`);
  return accepted(count.value === 1 ? '' : `${count.value}`);
}

/** Nothing, where it is 0. */
function parseStride(text: string, kbBase: KbBase): Parsed<string> {
  const back = text.startsWith('-');
  const bytes = parseSize(back ? text.slice(1) : text, kbBase);
  if (!bytes.ok) return bytes;
  const canonical = `${back ? '-' : ''}${canonicalBytes(bytes.value)}`;
  return { ...bytes, value: bytes.value === 0 ? '' : canonical };
}
