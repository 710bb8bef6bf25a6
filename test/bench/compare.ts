/**
 * `coffer compare` of two records of 100,000 rows: how long and how much memory it takes. It fails
 * only far beyond the aim, for a neighbour may be in the way.
 */

import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatHeader, formatRows } from '../../src/record/write.ts';
import { aRow } from '../support/a-row.ts';

const ROWS = 100_000;
const ROWS_AT_ONCE = 1000;
const SECONDS_MAX = 20;
const MIB_MAX = 1024;

/** Exit code of a regression: one row in a thousand is slower. */
const REGRESSION = 3;

const TELL_MEMORY =
  'data:text/javascript,process.on("exit",()=>' +
  'process.stderr.write("maxrss "+process.resourceUsage().maxRSS+"\\n"))';

export function benchCompare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'coffer-bench-'));
  const [before, after] = [join(folder, 'before.csv'), join(folder, 'after.csv')];
  writeRecord(before, () => 10_000);
  writeRecord(after, (place) => (place % 1000 === 0 ? 10_001 : 10_000));
  const main = new URL('../../dist/cli/main.js', import.meta.url).pathname;
  const from = process.hrtime.bigint();
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', TELL_MEMORY, main, 'compare', before, after],
    { encoding: 'utf8' },
  );
  const seconds = Number(process.hrtime.bigint() - from) / 1e9;
  rmSync(folder, { recursive: true });
  const kib = /^maxrss (\d+)$/m.exec(stderr)?.[1];
  if (status !== REGRESSION || kib === undefined) throw new Error(`ended ${status}: ${stderr}`);
  const mib = Number(kib) / 1024;
  process.stdout.write(
    `compare 2 × ${ROWS} rows: ${seconds.toFixed(1)} s, ${mib.toFixed(0)} MiB (aim: 5 s, 1 GiB)\n`,
  );
  if (seconds > SECONDS_MAX || mib > MIB_MAX) {
    throw new Error(`compare: limits are ${SECONDS_MAX} s and ${MIB_MAX} MiB`);
  }
  return Promise.resolve();
}

function writeRecord(path: string, latencyNs: (place: number) => number): void {
  const file = openSync(path, 'w');
  writeSync(file, formatHeader());
  for (let start = 0; start < ROWS; start += ROWS_AT_ONCE) {
    const rows = Array.from({ length: ROWS_AT_ONCE }, (_, offset) => rowAt(start + offset));
    writeSync(file, formatRows(rows));
  }
  closeSync(file);

  function rowAt(place: number): ReturnType<typeof aRow> {
    return aRow({
      point: `iodepth=${place}`,
      ios: 1000,
      bytes: 4_096_000,
      runtime_ns: 1_000_000 + place,
      iops: 100_000 + place,
      bandwidth_bytes_per_s: 409_600_000 + place,
      lat_p50_ns: 9000,
      lat_p99_ns: latencyNs(place),
      offload_bytes: 4_096_000,
      host_cpu_ns: 50_000 + place,
    });
  }
}
