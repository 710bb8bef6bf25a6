/** The parts of results/README.md on `coffer ab`, `coffer trend` and `coffer baseline`. */

import { markdownTable } from '../units/markdown.ts';

export interface PairedPower {
  readonly blocks: number;
  /** Shares of comparisons: unchanged that pass; 5, 10 and 20 % slower that are a regression. */
  readonly pass: number;
  readonly fivePercent: number;
  readonly tenPercent: number;
  readonly twentyPercent: number;
}

/** One figure, the margin at 5 %; test/property/ab.test.ts draws 2,000 comparisons for each. */
export const PAIRED_POWERS: readonly PairedPower[] = [
  { blocks: 6, pass: 0.18, fivePercent: 0.01, tenPercent: 0.42, twentyPercent: 1 },
  { blocks: 10, pass: 0.77, fivePercent: 0.03, tenPercent: 0.83, twentyPercent: 1 },
  { blocks: 20, pass: 0.99, fivePercent: 0.02, tenPercent: 1, twentyPercent: 1 },
];

const TURNS = `## Comparing in turns

\`coffer ab JOBFILE --a 'SETTINGS' --b 'SETTINGS'\` runs a job file as A and as B in turns on this
machine, and judges B against A: the way to compare on a noisy one. SETTINGS are words as \`--set\`
takes each, \`path=offload nvme0.mssrl=128\`, parted by blanks; a value with blanks stands in quotes,
\`sweep_bs="4k 64k"\`; empty is as the file says. A setting replaces the sweep of its option.

A *block* runs the whole file once as A and once as B, with the same random streams, point by point,
so that the two runs of a pair lie side by side, in an order drawn by \`--seed\` and balanced: as many
blocks begin with A. What the machine does to a pair it does to both, and only what differs inside of it counts: for each row and figure, the ratios of B by A,
block by block. Judged are the Hodges–Lehmann estimate (the median of their Walsh averages) with its
interval, and the exact sign-flip p, which k blocks cannot bring below 2^(1 − k); corrected, and with
margin, verdicts, gates and exit codes as \`coffer compare\` has them; but a column without better or
worse (\`merges\`, \`path_proof\`) that changes with the settings is *changed*, and no regression. Too
few blocks to call anything are refused. A block that went wrong makes its rows inconclusive, unless it is all of B's and none of
A's. A run that is not steady is said, and judged: its pair drifts alike.

The records are \`FILE.a.csv\` and \`FILE.b.csv\` of \`--output FILE.csv\`, as \`run\` writes them; the
repetition is the block, and the JSON beside them has the order. Under the virtual clock there is no
noise: one run of each decides, as exact rows do. Ctrl-C judges nothing and keeps the rows.

Equal settings show the machine: the *noise floor* of each figure (half the width of its interval: what
is smaller is lost), how often the gate would call a regression if the labels of the blocks were
exchanged by chance (all 2^k ways up to 12 blocks, else 4,096 drawn ones), and how many blocks the
margin asks for.`;

const TREND = `## A history

\`coffer trend FOLDER\` tells where a history of records changes, newest first: in the order of
\`started_at\` in the JSON beside each CSV, or of the file names if one lacks it. An exact row that
differs from the file before has changed. Of a sampled figure each file is one value, the median of
its repetitions, and a change is where the ranks before and after differ most, if shuffling seldom gives
as much (\`--alpha 0.05\`, corrected over all figures). It takes some ten records to call one, and five or
six after a change of three standard deviations. It assumes that files are independent: a machine that
drifts is one long change. Where the environment differs between the two files, that is told. Runs that
were interrupted, not run, overloaded or crashed tell nothing: files are compared across them, and they
are counted on stderr, as are rows that later records of their job file no longer tell of. Rows whose
\`plan_sha256\` changes begin anew, unless \`--allow-different-plan\`. The exit code is 0, changes or not.

\`--csv-otava history.csv\` writes the same series for apache otava, a line per record and a column per
figure, and \`history.yaml\` beside it, the test that its configuration (\`otava.yaml\`) needs:

\`\`\`yaml
tests:
  coffer:
    type: csv
    file: "history.csv"
    time_column: time
    attributes: [record]
    metrics:
      "bs=4k path=offload lat_p99_ns":
        column: "bs=4k path=offload lat_p99_ns"
        direction: -1
        scale: 1
\`\`\`

otava stops at an empty cell, so figures that some record lacks are left out (and counted on stderr).`;

const BASELINES = `## Baselines, and a gate in CI

\`coffer baseline update JOBFILE…\` runs jobs of the virtual clock and writes their records to
\`results/baseline/\`, to be committed; it prints what changed. \`coffer compare --against git:REV
CANDIDATE.csv…\` takes the baseline that a revision has there, by the name of the job file; without a
candidate it compares what lies in \`results/baseline/\` now. A wall-clock job is refused, for a baseline
of another day shares no protection: use \`ab\`.

In any shell, with the revision to judge against in \`BASE\`:

\`\`\`bash
set -e
npx coffer run jobs/copies.fio --output results/copies.csv --quiet
npx coffer compare --against "git:\${BASE:-HEAD}" results/copies.csv --allow-different-plan
\`\`\`

\`--allow-different-plan\` judges a job file that was changed too; without it, a changed job is said and
not judged. To fail when \`offload_bytes\` falls, and for nothing else, the last line is:

\`\`\`bash
npx coffer compare --against "git:\${BASE:-HEAD}" results/copies.csv --allow-different-plan --gate offload_bytes
\`\`\`

GitHub Actions, with a summary and annotations:

\`\`\`yaml
jobs:
  copies:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with: { fetch-depth: 0 }
      - uses: actions/setup-node@v4
        with: { node-version: 20 }
      - run: npm ci
      - run: npx coffer run jobs/copies.fio --output results/copies.csv --quiet
      - run: >-
          npx coffer compare --against "git:origin/\${{ github.base_ref || 'main' }}" results/copies.csv
          --allow-different-plan --github --markdown "$GITHUB_STEP_SUMMARY"
\`\`\`

GitLab, with a test report; exit 4 (inconclusive) is a warning:

\`\`\`yaml
copies:
  image: node:20
  variables: { GIT_DEPTH: 0 }
  script:
    - npm ci
    - git fetch origin "\${CI_MERGE_REQUEST_TARGET_BRANCH_NAME:-$CI_DEFAULT_BRANCH}"
    - npx coffer run jobs/copies.fio --output results/copies.csv --quiet
    - >-
      npx coffer compare --against git:FETCH_HEAD results/copies.csv
      --allow-different-plan --junit coffer.xml
  allow_failure: { exit_codes: 4 }
  artifacts:
    when: always
    reports: { junit: coffer.xml }
\`\`\``;

/** The sections, from their headings on. */
export function inTurns(): string {
  return [TURNS, power(), TREND, BASELINES].join('\n\n');
}

function power(): string {
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  const header = ['blocks', 'unchanged: pass', '+5 %: regression', '+10 %', '+20 %'];
  const rows = PAIRED_POWERS.map(({ blocks, pass, fivePercent, tenPercent, twentyPercent }) => [
    String(blocks),
    ...[pass, fivePercent, tenPercent, twentyPercent].map(percent),
  ]);
  return `How often, over 2,000 drawn comparisons each, with runs that scatter by 3 % and blocks
that scatter by 20 % around that (the margin is 5 %, so that a figure 5 % slower lies on it):

${markdownTable(header, rows)}

With \`--margin 0\` an unchanged figure is called no more often than alpha, whatever moves whole blocks.`;
}
