/** results/README.md, from the table of columns: what lies in results/ and how to read it. */

import { capitalised, code, markdownTable } from '../units/markdown.ts';
import type { Subject } from './column.ts';
import { STATES, type State } from './columns/asked.ts';
import { COLUMNS, SCHEMA_VERSION } from './columns.ts';
import { comparing } from './reference-comparing.ts';
import { inTurns } from './reference-in-turns.ts';
import { plotting } from './reference-plotting.ts';
import { SHARDS } from './reference-shards.ts';

const STATE_MEANINGS: Readonly<Record<State, string>> = {
  done: 'All that was asked for was done, and what was verified is right.',
  failed: 'An I/O or the verification failed, or the run could not be set up or took too long.',
  short: 'No I/O failed, but some did a good prefix of their bytes and no more.',
  interrupted: 'Ctrl-C ended the run; figures, where there are any, are those up to then.',
  crashed: 'The worker died in it; the other runs went on.',
  overloaded: 'Wall clock only: the loop could not keep up, so the figures are its own.',
  not_run: 'The invocation ended before the run began; or `exitall` ended the job before it began.',
};

const RESUME = `\`--resume\` keeps a run whose rows are \`done\`, \`short\`, \`overloaded\`, or
\`failed\` with figures. It runs again what is \`interrupted\`, \`crashed\` or \`not_run\` (but for
jobs that \`exitall\` ended before they began: their rows are complete, as the file asks, and the
exit code is 1 all the same), and what is \`failed\` with nothing measured
(\`ios\` is empty), as after a full disk or a \`--timeout\`: the next attempt may do better.`;

const EXIT_CODES: readonly (readonly [code: number, meaning: string])[] = [
  [0, 'good'],
  [1, 'a job failed: a row whose state is not `done`'],
  [2, 'a mistake in the command line, a job file or a record; nothing was run or compared'],
  [3, '`compare`, `ab`: a regression'],
  [4, '`compare`, `ab`: inconclusive'],
  [130, 'interrupted by Ctrl-C (SIGINT)'],
  [129, 'the terminal was closed (SIGHUP)'],
  [143, 'ended by SIGTERM'],
];

const READ_IT = `\`\`\`python
import pandas as pd  # empty cells stay absent, integers stay integers
rows = pd.read_csv('results/three-paths.csv', dtype={'plan_sha256': 'string', 'point': 'string'},
                   dtype_backend='numpy_nullable')
\`\`\`

\`\`\`r
rows <- read.csv("results/three-paths.csv", na.strings = "",
                 colClasses = c(plan_sha256 = "character"))
\`\`\`

\`\`\`sql
-- DuckDB
SELECT path, bs_bytes, iodepth, lat_p99_ns, host_cpu_ns / ios AS cpu_ns_per_io
FROM read_csv('results/three-paths.csv', types = {'plan_sha256': 'VARCHAR'})
WHERE state = 'done' AND job NOT LIKE 'background:%';
\`\`\`

(\`plan_sha256\` is text, though some digests look like numbers.)`;

export function resultsReadme(): string {
  return `${[
    '# Results',
    '<!-- Generated from src/record/columns.ts; a test fails when this file is stale. -->',
    introduction(),
    '## Rows',
    rows(),
    '## States',
    markdownTable(
      ['state', 'meaning'],
      STATES.map((state) => [code(state), STATE_MEANINGS[state]]),
    ),
    RESUME,
    '## Columns',
    legend(),
    ...subjects().flatMap((subject) => [`### ${capitalised(subject)}`, columnsOf(subject)]),
    '## Shards',
    SHARDS,
    comparing(),
    inTurns(),
    '## Plotting',
    plotting(),
    '## Reading it elsewhere',
    READ_IT,
    '## Exit codes',
    markdownTable(
      ['code', 'meaning'],
      EXIT_CODES.map(([exitCode, meaning]) => [String(exitCode), meaning]),
    ),
  ].join('\n\n')}\n`;
}

function introduction(): string {
  return `\`coffer run\` leaves here, per invocation:

- \`STEM.csv\`: the record, RFC 4180 with LF and a header (schema version ${SCHEMA_VERSION}).
  Under the virtual clock it has the same bytes on every machine, for every number of workers.
- \`STEM.json\`: the environment: versions, machine, command line, times, and the text
  of the job files.
- \`STEM.csv.partial\`: the rows so far, while it runs or after a kill; \`--resume\` takes it up.

With \`--shard 2/4\` they are \`STEM.shard-2-of-4.csv\` and so on (see [Shards](#shards)).

Baselines of the shipped jobs lie in \`baseline/\`, figures of them in \`examples/\`; the rest of this folder is not
committed.`;
}

function rows(): string {
  const key = COLUMNS.filter(({ kind }) => kind === 'key').map(({ name }) => code(name));
  return `One row per point of the sweep, repetition, job clone (or group, under
\`group_reporting\`) and direction. The key of a row is ${key.join(', ')}.
No run drops out: what did not end well has its row and its state.

A row whose job is \`background:DEVICE\` holds what a device did and no job caused: its group,
clone, rw, direction and path are empty. The cost columns of all rows of a run sum to what its
devices counted.

A row that sums a group has the parameters that all of its jobs share: where they differ, the cell
is empty. Its \`numjobs\` counts the clones of them all.

An empty cell is absent (no PCIe link, no value), never 0. Counts, bytes and ns are integers, means
are rounded half up to 0.1 ns, rates to whole numbers; booleans are \`true\` and \`false\`.`;
}

function legend(): string {
  return `**Kind** is how two records compare: a *key* matches rows, a *parameter* says what was
asked (rows that differ in one answer different questions), *exact* means that any difference is
a change, *sampled* is exact under the virtual clock and a sample under the wall clock,
*provenance* is never compared (see [Comparing](#comparing)). **Better** is the direction that is
good, where there is one.`;
}

function subjects(): readonly Subject[] {
  return [...new Set(COLUMNS.map(({ subject }) => subject))];
}

function columnsOf(wanted: Subject): string {
  const columns = COLUMNS.filter(({ subject }) => subject === wanted);
  return markdownTable(
    ['column', 'type', 'unit', 'kind', 'better', 'meaning'],
    columns.map(({ name, type, unit, kind, better, meaning, choices }) => [
      code(name),
      type,
      unit ?? '',
      kind,
      better ?? '',
      choices === undefined ? meaning : `${meaning} One of ${choices.map(code).join(', ')}.`,
    ]),
  );
}
