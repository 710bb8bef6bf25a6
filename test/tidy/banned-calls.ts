/**
 * What no virtual world may reach: the machine's clock and chance, timers, and arithmetic or text whose
 * result differs between Node versions. And who may print or exit.
 */

import { codeOf } from './code-of.ts';
import { type Finding, finding, type SourceFile } from './source-tree.ts';

interface Ban {
  readonly what: RegExp;
  readonly why: string;
}

/** + − × ÷ and square root are exact everywhere, and these are made of them. */
const EXACT_MATH = 'abs|ceil|clz32|floor|imul|max|min|round|sign|sqrt|trunc';

const IN_A_VIRTUAL_WORLD: readonly Ban[] = [
  { what: new RegExp(`\\bMath\\.(?!(?:${EXACT_MATH})\\b)\\w+`), why: 'is not exact everywhere' },
  { what: /\*\*/, why: 'is Math.pow' },
  { what: /\bDate\b|\bperformance\b|\bprocess\.hrtime\b/, why: "reads the machine's clock" },
  { what: /\bset(?:Timeout|Immediate|Interval)\b|\bqueueMicrotask\b/, why: 'waits in wall time' },
  { what: /\brandom(?:UUID|Bytes|Int|FillSync)\b|\bgetRandomValues\b/, why: 'is chance' },
  { what: /\blocaleCompare\b|\btoLocale\w+|\bIntl\b/, why: "depends on Node's tables" },
];

/** Modules of Node that bring the same in. */
const BANNED_MODULES = /from '(?:node:)?(timers|timers\/promises|perf_hooks)'/;

/** The rooms of a virtual world; what a store does with a file is no part of its time. */
const VIRTUAL = /^src\/(?:sim|measure|workload|host|block|device|engine|fabric|job|runner\/world)/;

export function virtualWorldFindings(files: readonly SourceFile[]): Finding[] {
  return files
    .filter(({ path }) => VIRTUAL.test(path))
    .flatMap((file) => {
      const found = findingsOf(file, IN_A_VIRTUAL_WORLD);
      file.text.split('\n').forEach((line, index) => {
        const module = BANNED_MODULES.exec(line)?.[1];
        if (module !== undefined) found.push(finding(file, index + 1, `${module}: from outside`));
      });
      return found;
    });
}

const OUTSIDE_CLI: readonly Ban[] = [
  { what: /\bconsole\.\w+/, why: 'prints' },
  { what: /\bprocess\.(?:stdout|stderr)\b/, why: 'prints' },
  { what: /\bprocess\.exit(?:Code)?\b/, why: 'exits' },
];

/** Workers that a test makes crash, to see that the other runs go on. */
const MAY_EXIT = /^src\/runner\/(?:real-)?worker\.ts$/;

export function printFindings(files: readonly SourceFile[]): Finding[] {
  return files
    .filter(({ path }) => !path.startsWith('src/cli/'))
    .flatMap((file) => findingsOf(file, OUTSIDE_CLI))
    .filter((found) => !(MAY_EXIT.test(found.split(':')[0] ?? '') && found.endsWith('exits')));
}

function findingsOf(file: SourceFile, bans: readonly Ban[]): Finding[] {
  return codeOf(file.text)
    .split('\n')
    .flatMap((line, index) =>
      bans.flatMap(({ what, why }) => {
        const [call] = what.exec(line) ?? [];
        return call === undefined ? [] : [finding(file, index + 1, `${call}: ${why}`)];
      }),
    );
}
