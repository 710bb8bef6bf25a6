/**
 * `coffer check --syntax FILES…`: the answer of `fio --parse-only`. The grammar and each option's
 * value for itself; no sizes, devices or files, and nothing between options. What is well written
 * and not done is a warning here: fio accepts it, and a run refuses it.
 */

import { checkSyntax, formatDiagnostic } from '../job/load.ts';
import { EXIT } from './exit-code.ts';
import { formatWarning, type Selection, told } from './load-files.ts';
import { readText, textSource } from './text-source.ts';

export function checkSyntaxOf(
  files: readonly string[],
  { set = [], section: sections = [] }: Selection,
): number {
  let wrong = false;
  for (const jobFile of files) {
    const { mistakes, notes } = syntaxOf(jobFile, set, sections);
    for (const line of [...told(jobFile, mistakes), ...told(jobFile, notes)]) {
      process.stderr.write(`${line}\n`);
    }
    if (mistakes.length === 0) process.stdout.write(`${jobFile}: no mistakes of grammar\n`);
    else wrong = true;
  }
  return wrong ? EXIT.usage : EXIT.good;
}

interface Told {
  readonly mistakes: readonly string[];
  readonly notes: readonly string[];
}

function syntaxOf(jobFile: string, set: readonly string[], sections: readonly string[]): Told {
  const read = readText(jobFile);
  if (!read.ok) return { mistakes: [`${jobFile}: cannot be read: ${read.problem}`], notes: [] };
  const request = { jobFile, text: read.text, set, sections, ...textSource };
  const { mistakes, notDone, warnings } = checkSyntax(request);
  const refused = notDone.map((each) => ({ ...each, what: `a run refuses it: ${each.what}` }));
  return {
    mistakes: mistakes.map(formatDiagnostic),
    notes: [...refused, ...warnings].map(formatWarning),
  };
}
