/** What is done to a job file: small edits, as a hand slips, and tokens that parsers stumble over. */

import fc from 'fast-check';
import { knownOptions, optionNames } from '../../src/job/option-table.ts';

export interface Edit {
  readonly kind: (typeof KINDS)[number];
  /** Which line, and which character of it: taken modulo what is there. */
  readonly line: number;
  readonly column: number;
  readonly token: string;
}

export interface Mutation {
  readonly base: number;
  /** A second file, whose lines may come in. */
  readonly other: number;
  readonly edits: readonly Edit[];
}

const KINDS = [
  'insert token',
  'replace character',
  'delete character',
  'delete line',
  'repeat line',
  'take line of other',
  'give option',
  'replace value',
  'join lines',
  'cut off',
] as const;

const TOKENS = [
  ['4k', '1.5k', '4q', '0', '-1', '0x', '0x1000', '99999999999999999999', '50%', '101%'],
  ['4k-8k', '8k:4k', '4k,8k,,1m', ',', ',,,,', '4k/50:8k/50', '1:50:99.9', '2sec', '1-3s'],
  ['(', ')', '(2*4k)', '((1)', '(1/0)', '(2^64)', '(-4k)', '(2*30s)', '$ncpus', '2*$ncpus'],
  ['${BS}', '${UNSET}', '${UNSET:-4k}', '${', '$pagesize', '$mb_memory', '$jobnum', '\\:'],
  ['include x.inc', 'include loop.inc', 'include gone.inc', 'include', '[global]', '[a]', '['],
  [']', '=', ' ', '\t', ';', '#', ' ; x', '\r', '\uFEFF', '\0', 'é', '𝛼', 'kib', 'ki', 'kb'],
  ['sweep_', 'sweep_bs=4k 8k', 'randcopy', 'read:8k', 'randread:8', 'null', 'true', 'yes'],
].flat();

const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom(...KINDS),
  line: fc.nat(200),
  column: fc.nat(80),
  token: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...TOKENS) },
    { weight: 2, arbitrary: fc.constantFrom(...optionNames(knownOptions)) },
    { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
  ),
});

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  base: fc.nat(10_000),
  other: fc.nat(10_000),
  edits: fc.array(edit, { minLength: 1, maxLength: 12 }),
});

export function mutated(corpus: readonly string[], { base, other, edits }: Mutation): string {
  const lines = textAt(corpus, base).split('\n');
  const others = textAt(corpus, other).split('\n');
  for (const each of edits) apply(lines, others, each);
  return lines.join('\n');
}

function textAt(corpus: readonly string[], place: number): string {
  return corpus[place % corpus.length] ?? '';
}

function apply(lines: string[], others: readonly string[], edit: Edit): void {
  const at = edit.line % Math.max(1, lines.length);
  const line = lines[at] ?? '';
  const column = edit.column % (line.length + 1);
  const replace = (text: string) => lines.splice(at, 1, text);
  switch (edit.kind) {
    case 'insert token':
      return void replace(line.slice(0, column) + edit.token + line.slice(column));
    case 'replace character':
      return void replace(line.slice(0, column) + edit.token.charAt(0) + line.slice(column + 1));
    case 'delete character':
      return void replace(line.slice(0, column) + line.slice(column + 1));
    case 'delete line':
      return void lines.splice(at, 1);
    case 'repeat line':
      return void lines.splice(at, 0, line);
    case 'take line of other':
      return void lines.splice(at, 0, others[edit.column % others.length] ?? '');
    case 'give option':
      return void lines.splice(at, 0, `${edit.token}=${TOKENS[edit.column % TOKENS.length]}`);
    case 'replace value':
      return void replace(`${line.split('=')[0]}=${edit.token}`);
    case 'join lines':
      return void lines.splice(at, 2, line + (lines[at + 1] ?? ''));
    case 'cut off':
      return void lines.splice(at, lines.length, line.slice(0, column));
  }
}
