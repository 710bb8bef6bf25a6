/** The part of results/README.md on `coffer compare`: how it judges, and how far to trust it. */

import { markdownTable } from '../units/markdown.ts';

export interface Power {
  readonly noise: string;
  readonly repetitions: number;
  /** Shares of comparisons: unchanged that pass, 10 % and 20 % slower that are a regression. */
  readonly pass: number;
  readonly tenPercent: number;
  readonly twentyPercent: number;
}

/** One figure, the margin at 5 %; test/property/compare.test.ts draws 2,000 comparisons each. */
export const POWERS: readonly Power[] = [
  { noise: 'normal', repetitions: 5, pass: 0.18, tenPercent: 0.45, twentyPercent: 1 },
  { noise: 'normal', repetitions: 10, pass: 0.81, tenPercent: 0.87, twentyPercent: 1 },
  { noise: 'normal', repetitions: 20, pass: 1, tenPercent: 1, twentyPercent: 1 },
  { noise: 'lognormal', repetitions: 5, pass: 0.18, tenPercent: 0.45, twentyPercent: 1 },
  { noise: 'lognormal', repetitions: 10, pass: 0.81, tenPercent: 0.88, twentyPercent: 1 },
  { noise: 'lognormal', repetitions: 20, pass: 1, tenPercent: 1, twentyPercent: 1 },
  { noise: 'heavy-tailed', repetitions: 5, pass: 0.19, tenPercent: 0.46, twentyPercent: 0.9 },
  { noise: 'heavy-tailed', repetitions: 10, pass: 0.73, tenPercent: 0.84, twentyPercent: 1 },
  { noise: 'heavy-tailed', repetitions: 20, pass: 0.99, tenPercent: 0.99, twentyPercent: 1 },
];

const MATCHING = `\`coffer compare BASELINE CANDIDATE\` judges records against earlier ones. Each
side is a CSV or a folder of them; \`--baseline\` and \`--candidate\` take more files. Rows are matched by
their key. A row that is on one side only is listed; one that the candidate has lost is inconclusive. So
is one whose \`plan_sha256\` differs: the job has changed, and that is no regression
(\`--allow-different-plan\` judges it all the same, which is how to see what a setting does). A row whose
gated figures are all empty on both sides is inconclusive too: nothing was judged. Rows of
\`background:DEVICE\` are told when they differ, and count for nothing else.`;

const EXACT = `### Virtual clock: exact

Any difference is a change, better or worse by the column's own direction; a change in a column that has
none is a regression, and so is a value that comes or goes. \`steady\` is listed when it changes, and
is no result. \`fallback_reason\` counts unless a change of \`fallbacks\` is told, which it explains. A run
that failed on both sides is inconclusive. Without a tolerance this is to the last ns:
\`--tolerance lat_p99_ns=1%\` allows one, \`--fail-on-change\` makes every change a regression.

What grows with the work (\`runtime_ns\`, the bytes of each path, all of the cost) is compared per byte
moved where two rows moved different amounts: a time-based job that is faster does more.`;

const SAMPLED = `### Wall clock: a sample

The repetition is the unit: rows that differ in nothing but \`repetition\` are one sample, also those
of several files of a side. Gated are \`bandwidth_bytes_per_s\` (\`iops\` where no bytes move),
\`lat_p50_ns\` and \`lat_p99_ns\`, or what \`--gate\` names instead; and what is exact under any clock.
For each figure but those of the path (below): the Hodges–Lehmann estimate of the ratio with its 95 %
interval, and Mann–Whitney's p-value (exact up to 56 repetitions in all, ties included), corrected over all
gated figures by Benjamini and Hochberg.

- *pass*: the interval lies inside the margin (\`--margin 5%\`);
- *regression*, or *better*: it lies wholly beyond the margin, and the corrected p is at most \`--alpha 0.05\`;
- *inconclusive*: all else, with the p that so many repetitions can reach and how many would settle it. Also
  a run that was interrupted or overloaded, and a *pass* or *better* where a repetition was not
  steady. A *regression* stands if the steady repetitions, at least half of each side, show it alone.

One repetition is never a pass; four on each side are the fewest that give an interval. A candidate
that failed where the baseline was done is a regression without statistics. The environments (the JSON
beside each CSV) must agree in machine, kernel, Node's major version and what real targets lie on, unless
\`--allow-different-environment\`. And two records of different times have no protection against a machine that
has changed its pace between them: repetitions of one invocation share its hour, so the error rates below
hold only where repetitions are independent.`;

const PATHS = `### A gate on the path

\`\`\`
coffer compare results/baseline/three-paths.csv results/three-paths.csv --gate offload_bytes
\`\`\`

fails when \`offload_bytes\` falls, under both clocks. No byte changes its path by chance, so under the wall
clock too \`offload_bytes\`, \`emulation_bytes\`, \`read_write_bytes\` and \`fallbacks\` are judged without
statistics, however few the repetitions: one of the candidate's that is worse than all of the baseline's is a
regression, and the other way round it is better. Where rows moved different amounts the share of the bytes is
judged; where a timed run mixes paths, that share depends on when it ended, and \`--tolerance\` allows for it.
Reads and writes take no path, and are left to other gates.`;

const OUTPUTS = `### What it prints and how it ends

A table, worst first; \`--markdown\`, \`--csv\` and \`--json\` in its place, \`--markdown FILE\`,
\`--csv FILE\` and \`--junit FILE\` beside it, \`--github\` for annotations. Exit 0: no regression; 3: a
regression; 4: inconclusive (\`--inconclusive=pass\` or \`=fail\` make it 0 or 3); 2: the sides cannot be
compared, and each reason is told; or the verdict is 0, and a report could not be written.`;

/** The section, from its heading on. */
export function comparing(): string {
  return ['## Comparing', MATCHING, EXACT, SAMPLED, PATHS, OUTPUTS, trust()].join('\n\n');
}

function trust(): string {
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  const rows = POWERS.map(({ noise, repetitions, pass, tenPercent, twentyPercent }) => [
    noise,
    String(repetitions),
    percent(pass),
    percent(tenPercent),
    percent(twentyPercent),
  ]);
  const header = ['noise', 'repetitions a side', 'unchanged: pass', '+10 %: regression'];
  return `### How far to trust a verdict on a sample

Over 2,000 drawn comparisons each, with independent repetitions that scatter by some 3 % (heavy-tailed:
Student's t with 2 degrees of freedom), a figure that has not changed is called with \`--margin 0\` no more
often than alpha; with a margin of 5 % practically never. A figure that is 5 % slower lies on that margin:
it stays inconclusive, with at most alpha / 2 called a regression. Beyond it:

${markdownTable([...header, '+20 %: regression'], rows)}

All others were inconclusive.`;
}
