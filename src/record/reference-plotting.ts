/** The section of results/README.md about figures and reports. */

import { markdownTable } from '../units/markdown.ts';

const KINDS: readonly (readonly [kind: string, shows: string, from: string])[] = [
  [
    '`lines`',
    'one measure over what was swept',
    '`--y`, default bandwidth; repeatable, of one unit',
  ],
  ['`percentiles`', 'the tail of the latency: each nine as wide', 'the `lat_*` columns'],
  [
    '`bars`',
    'throughput, and what a byte copied costs',
    'bandwidth, host CPU, PCIe and fabric bytes',
  ],
  [
    '`pareto`',
    'throughput against CPU per byte, the front marked',
    '`--y`, `host_cpu_ns_per_byte`',
  ],
  ['`break-even`', 'each path as a multiple of read-write, crossings of 1 named', '`--y`'],
];

export function plotting(): string {
  return `\`coffer plot\` draws records, and needs no more than their names:

\`\`\`sh
npx coffer plot results/three-paths.csv --output results/three-paths.svg
npx coffer plot results/three-paths.csv --kind break-even --output results/break-even.html
npx coffer plot results/three-paths.csv --kind bars --where iodepth=32 --theme dark --output results/bars.png
npx coffer report results/three-paths.csv --output results/three-paths.html
\`\`\`

![bandwidth by bs](examples/three-paths-lines.svg)

(more in \`examples/\`, from the baselines)

${markdownTable(['kind', 'shows', 'of'], KINDS)}

- **What goes where.** Of what varies, block size, queue depth or the longest numeric sweep becomes x, the path the series,
  and all that is left a panel each: rows that differ are never drawn as one. \`--x\`, \`--series\`, \`--facet\` name
  a swept option or a column of what was asked (\`bs\`, \`nvme0.copy_bandwidth\`, \`job\`); \`--where bs=64k\` takes some of
  the rows (the same column again: that value too). Without three numbers to stand along, bars are drawn. Several
  CSVs are drawn together, and told apart by \`file\`.
- **Repetitions** are drawn as their median. In wall time a band shows its interval by order statistics: 95 % from six
  repetitions on, less below, and the figure says how much. Clones of a job are one measurement: throughputs and costs
  add up, latencies are those of the median clone.
- **Nothing becomes 0.** Only rows that are \`done\` are drawn; a point without one is a gap, and a line under the figure
  says what was left out and why, whether throughput drifted, and where the path taken is not the one asked for. Rows of
  \`background:DEVICE\` are no part of figures.
- Any cost by the byte: \`--y COLUMN_per_byte\`, also \`pcie_bytes_per_byte\` and \`fabric_bytes_per_byte\` (both ways).
- **Files.** SVG; PNG, twice as dense; HTML, one file that works offline, with values under the pointer and a legend whose
  clicks mute. \`--spec\` prints the Vega-Lite specification. The same record gives the same bytes on every machine. A figure
  that is there is written over.

\`coffer report\` makes a page to send: which path won where and by how much, what it saved, where offload lost or was left
and what the rows say of why, the figures, the table, the machine and the job file. It holds no script. A lead is told as
one under the virtual clock from 1 % on; in wall time only where 95 % intervals of the medians part, which takes six
repetitions.`;
}
