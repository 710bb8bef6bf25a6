/**
 * `${VAR}` anywhere in an option line, and `$ncpus $pagesize $mb_memory` in its value. A variable
 * that is not set is a mistake here, where fio reads nothing, but for `${VAR:-default}`, which is
 * the shell's. Around a keyword + - * / calculate, as in fio, which asks bc(1): here the value is
 * put in parentheses, for the parser of values to work out.
 */

import type { Diagnostics, Place } from './diagnostics.ts';
import { type Machine, NO_SOURCE, type TextSource } from './text-source.ts';

const KEYWORD = /\$(?:ncpus|pagesize|mb_memory)/g;
/** Numbers with signs between, and nothing else: a path stays a path. */
const ARITHMETIC = /^[0-9][0-9a-z.]*(?:\s*[-+*/]\s*[0-9][0-9a-z.]*)+$/i;
const MIB = 1024 * 1024;

/** null: a mistake, which has been reported. */
export function substitute(
  content: string,
  place: Place,
  source: TextSource,
  diagnostics: Diagnostics,
): string | null {
  if (!content.includes('$')) return content;
  const replaced = replaceVariables(content, place, source, diagnostics);
  return replaced === null ? null : replaceKeywords(replaced, place, source, diagnostics);
}

function replaceVariables(
  content: string,
  place: Place,
  { variable = NO_SOURCE.variable }: TextSource,
  diagnostics: Diagnostics,
): string | null {
  let broken = false;
  const refuse = (what: string): string => {
    diagnostics.error(place, optionOf(content), what);
    broken = true;
    return '';
  };
  const replaced = content.replace(/\$\{([^}]*)(\}?)/g, (written: string, inside: string, end) => {
    if (end === '') return refuse(`${written} is not closed; write \${NAME}`);
    const parts = /^([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/.exec(inside);
    if (parts === null) {
      return refuse(`${written} names no variable; write \${NAME} or \${NAME:-default}`);
    }
    const [, name = '', otherwise] = parts;
    const value = variable(name);
    if (otherwise !== undefined && (value === undefined || value === '')) return otherwise;
    if (value === undefined) {
      return refuse(`${name} is not set in the environment; set it, or write \${${name}:-default}`);
    }
    if (!/\p{Cc}/u.test(value)) return value;
    return refuse(`${name} holds a line break or another control character; set it anew`);
  });
  return broken ? null : replaced;
}

function replaceKeywords(
  content: string,
  place: Place,
  { machine }: TextSource,
  diagnostics: Diagnostics,
): string | null {
  const equals = content.indexOf('=');
  const value = content.slice(equals + 1);
  if (equals === -1 || value.search(KEYWORD) === -1) return content;
  const facts = machine?.();
  const unknown = value.match(KEYWORD)?.find((word) => factOf(word, facts) === null);
  if (unknown !== undefined) {
    const what = `${unknown} is of a machine, and is not known here; write the value`;
    diagnostics.error(place, optionOf(content), what);
    return null;
  }
  const parts = value.split(',').map((part) => {
    const numbers = part.replace(KEYWORD, (word) => `${factOf(word, facts)}`);
    return numbers !== part && ARITHMETIC.test(numbers.trim()) ? `(${numbers.trim()})` : numbers;
  });
  return content.slice(0, equals + 1) + parts.join(',');
}

/** null: it is not known. */
function factOf(keyword: string, machine: Machine | undefined): number | null {
  if (machine === undefined) return null;
  if (keyword === '$ncpus') return machine.cpus;
  return keyword === '$pagesize' ? machine.pageBytes : Math.floor(machine.memoryBytes / MIB);
}

function optionOf(content: string): string {
  return (content.split('=')[0] ?? '').trim();
}
