/** What a file imports, and from which room. */

import { posix } from 'node:path';
import { codeOf } from './code-of.ts';
import type { SourceFile } from './source-tree.ts';

export interface Import {
  /** Of a relative import from the root, `src/sim/timer.ts`; else as it is written, `node:fs`. */
  readonly target: string;
  /** Only types: gone when the program runs. */
  readonly typeOnly: boolean;
  readonly line: number;
}

/** An import or re-export of a module: the clause, and where the module's name begins. */
const STATEMENT = /^(import|export)\b([^;'"]*?)(?:\bfrom\s*)?(['"])/gm;
/** `import('x.ts')`, and the URL of a worker. */
const DYNAMIC = /\bimport\(\s*['"]|\bnew URL\(\s*['"]/g;

export function importsOf(file: SourceFile): Import[] {
  const code = codeOf(file.text);
  const found: Import[] = [];
  for (const match of code.matchAll(STATEMENT)) {
    const [whole, keyword = '', clause = ''] = match;
    if (keyword === 'export' && !/\}\s*$|\*(\s+as\s+\w+)?\s*$/.test(clause)) continue;
    found.push(importAt(file, match.index + whole.length, isTypeOnly(clause)));
  }
  for (const match of code.matchAll(DYNAMIC)) {
    found.push(importAt(file, match.index + match[0].length, false));
  }
  return found;
}

function isTypeOnly(clause: string): boolean {
  if (/^\s*type\b/.test(clause)) return true;
  const names = /\{([^}]*)\}/.exec(clause)?.[1];
  if (names === undefined || /^\s*\w+\s*,/.test(clause)) return false;
  const each = names.split(',').filter((name) => name.trim() !== '');
  return each.length > 0 && each.every((name) => /^\s*type\s/.test(name));
}

function importAt({ path, text }: SourceFile, at: number, typeOnly: boolean): Import {
  const name = /^[^'"]*/.exec(text.slice(at))?.[0] ?? '';
  const target = name.startsWith('.') ? posix.join(posix.dirname(path), name) : name;
  return { target, typeOnly, line: text.slice(0, at).split('\n').length };
}
