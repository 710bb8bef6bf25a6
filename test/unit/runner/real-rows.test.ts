import { expect, test } from 'vitest';
import { Control } from '../../../src/linux/control.ts';
import { Measurement } from '../../../src/measure/measurement.ts';
import type { Row } from '../../../src/record/columns.ts';
import { type CloneOutcome, realRows } from '../../../src/runner/real-rows.ts';
import type { PathVerdict } from '../../../src/linux/path-proof.ts';
import type { CloneReport } from '../../../src/runner/real-task.ts';
import { present } from '../../../src/units/assert.ts';
import { COPY, READ, SLOT_DIRECTIONS } from '../../../src/workload/slots.ts';
import { realRun } from '../../support/real-run.ts';

const USAGE = {
  cpuNs: 900,
  userNs: 300,
  systemNs: 600,
  voluntarySwitches: 2,
  involuntarySwitches: 1,
};

interface Told extends Partial<CloneReport> {
  readonly proof?: PathVerdict;
  readonly verifyErrors?: number;
  readonly problem?: string;
  readonly stopped?: boolean;
  /** Latencies in ns, all of 4096 bytes. */
  readonly latencies?: readonly number[];
  readonly direction?: number;
  readonly offload?: number;
  readonly emulation?: number;
}

const control = (): Control => Control.for(4);

function told(shared: Control, place: number, told: Told = {}): CloneOutcome {
  const { latencies = [1000], direction = READ, offload = 0, emulation = 0, ...more } = told;
  const { proof, verifyErrors, problem, stopped = false, ...report } = more;
  const measured = new Measurement(1, shared.latencies(place, direction), false);
  measured.series.begin(0);
  for (const latency of latencies) measured.lat.record(latency);
  measured.ios = latencies.length;
  measured.bytes = 4096 * latencies.length;
  measured.offloadBytes = offload;
  measured.emulationBytes = emulation;
  const measurements = SLOT_DIRECTIONS.map((_, index) =>
    index === direction ? measured.data : null,
  );
  const looked = proof !== undefined || verifyErrors !== undefined || problem !== undefined;
  return {
    control: shared,
    place,
    stopped,
    check: looked
      ? {
          kind: 'checked',
          proof: proof ?? null,
          verifyErrors: verifyErrors ?? null,
          problem: problem ?? null,
        }
      : null,
    report: {
      kind: 'ran',
      failure: null,
      spans: spans(100, 2100),
      verifyErrors: null,
      latencyDepth: null,
      steadyStateAttained: null,
      measurements,
      usage: USAGE,
      copies: null,
      log: null,
      ...report,
    },
  };
}

function spans(fromNs: number, toNs: number): CloneReport['spans'] {
  return SLOT_DIRECTIONS.map(() => ({ fromNs, toNs }));
}

function only(rows: readonly Row[]): Row {
  expect(rows.length).toBe(1);
  return present(rows[0], 'a row');
}

test('a clone: its latencies from shared memory, its time, its costs', () => {
  const row = only(realRows(realRun('[a]\n'), [[told(control(), 2, { latencies: [1000, 3000] })]]));
  expect(row).toMatchObject({
    state: 'done',
    error: null,
    driver: 'file',
    ioengine: 'psync',
    stamps: 'io',
    ios: 2,
    runtime_ns: 2000,
    iops: 1_000_000,
    slat_mean_ns: null,
    clat_mean_ns: 2000,
    lat_max_ns: 3000,
    host_cpu_ns: 900,
    cpu_user_ns: 300,
    cpu_system_ns: 600,
    voluntary_switches: 2,
    involuntary_switches: 1,
    bios: null,
    path_proof: null,
  });
});

test('a group sums its clones, from the first start to the last end', () => {
  const shared = control();
  const plan = realRun('[a]\nnumjobs=2\ngroup_reporting\n');
  const clones = [told(shared, 0), told(shared, 1, { spans: spans(50, 4050) })];
  expect(only(realRows(plan, [clones]))).toMatchObject({
    ios: 2,
    runtime_ns: 4000,
    host_cpu_ns: 1800,
  });
});

test('costs that are not known of every clone are absent', () => {
  const shared = control();
  const plan = realRun('[a]\nnumjobs=2\ngroup_reporting\n');
  const clones = [told(shared, 0), told(shared, 1, { usage: null })];
  expect(only(realRows(plan, [clones]))).toMatchObject({ host_cpu_ns: null, cpu_user_ns: null });
  const short = { usage: { ...USAGE, userNs: null, systemNs: null } };
  const row = only(realRows(realRun('[a]\n'), [[told(shared, 2, short)]]));
  expect(row).toMatchObject({ host_cpu_ns: 900, cpu_user_ns: null, cpu_system_ns: null });
});

test('a failure stands beside what was measured', () => {
  const row = only(realRows(realRun('[a]\n'), [[told(control(), 0, { failure: 'EIO: pread' })]]));
  expect(row).toMatchObject({ state: 'failed', error: 'EIO: pread', ios: 1 });
});

test('a clone that never began fails its row; beside others it fails the group', () => {
  const shared = control();
  const never = told(shared, 0, { failure: 'ENOENT: opening x', measurements: [] });
  expect(only(realRows(realRun('[a]\n'), [[never]]))).toMatchObject({
    state: 'failed',
    error: 'ENOENT: opening x',
    ios: null,
  });
  const plan = realRun('[a]\nnumjobs=2\ngroup_reporting\n');
  expect(only(realRows(plan, [[never, told(shared, 1)]]))).toMatchObject({
    state: 'failed',
    ios: 1,
    runtime_ns: 2000,
  });
});

test('a dead thread is a crash, and the others of its job have their rows', () => {
  const shared = control();
  const dead = {
    report: 'its thread died: 9',
    control: shared,
    place: 0,
    stopped: false,
    check: null,
  };
  const rows = realRows(realRun('[a]\nnumjobs=2\n'), [[dead, told(shared, 1)]]);
  expect(rows.map(({ state, error }) => [state, error])).toEqual([
    ['crashed', 'its thread died: 9'],
    ['done', null],
  ]);
});

test('what was not begun is told', () => {
  expect(only(realRows(realRun('[a]\n'), [[null]]))).toMatchObject({ state: 'not_run', ios: null });
});

test('what exitall left out is told with the reason, and beside others left out of their sum', () => {
  const shared = control();
  const plan = realRun('[a]\nnumjobs=2\ngroup_reporting\n');
  const waited = told(shared, 1, { measurements: [] });
  const why = () => 'exitall: job b ended before it began';
  expect(only(realRows(plan, [[waited, waited]], why))).toMatchObject({
    state: 'not_run',
    error: 'exitall: job b ended before it began',
    ios: null,
  });
  const row = only(realRows(plan, [[told(shared, 0), waited]], why));
  expect(row).toMatchObject({ state: 'done', error: null, ios: 1 });
});

test('the costs of a mix are divided by its I/Os', () => {
  const shared = control();
  const outcome = told(shared, 0);
  if (typeof outcome.report === 'string') throw new Error('a report');
  const [reads = null] = outcome.report.measurements;
  const report = { ...outcome.report, measurements: [reads, reads, null] };
  const rows = realRows(realRun('[a]\nrw=randrw\n'), [[{ ...outcome, report }]]);
  expect(rows.map((row) => [row.direction, row.host_cpu_ns])).toEqual([
    ['read', 450],
    ['write', 450],
  ]);
});

const COPIES = '[a]\nrw=copy\ndest_filename=/tmp/coffer-nowhere-2\n';

test.each<[string, Told, Partial<Row>]>([
  [
    'a reflink',
    { offload: 4096, proof: { offloadBytes: 4096, emulationBytes: 0, proof: 'extents' } },
    { offload_bytes: 4096, emulation_bytes: 0, path_proof: 'extents' },
  ],
  [
    'an offload that the kernel spliced is emulation',
    { offload: 4096, proof: { offloadBytes: 0, emulationBytes: 4096, proof: 'extents' } },
    { offload_bytes: 0, emulation_bytes: 4096, path_proof: 'extents' },
  ],
  [
    'what nothing proves is absent, not 0',
    { offload: 4096, proof: { offloadBytes: null, emulationBytes: null, proof: 'unproven' } },
    { offload_bytes: null, emulation_bytes: null, path_proof: 'unproven' },
  ],
  [
    'emulation by our own calls',
    { emulation: 4096, proof: { offloadBytes: 0, emulationBytes: 0, proof: 'call' } },
    { offload_bytes: 0, emulation_bytes: 4096, path_proof: 'call' },
  ],
])('%s', (_, copied, expected) => {
  const outcome = told(control(), 0, { direction: COPY, ...copied });
  expect(only(realRows(realRun(COPIES), [[outcome]]))).toMatchObject(expected);
});

test('an offload that nobody could look at is unproven', () => {
  const outcome = told(control(), 0, { direction: COPY, offload: 4096 });
  expect(only(realRows(realRun(COPIES), [[outcome]]))).toMatchObject({
    offload_bytes: null,
    path_proof: 'unproven',
  });
});

test('what goes wrong in looking fails the row, and loses no figure', () => {
  const outcome = told(control(), 0, { direction: COPY, problem: 'x: opening it: gone' });
  expect(only(realRows(realRun(COPIES), [[outcome]]))).toMatchObject({
    state: 'failed',
    error: 'x: opening it: gone',
    ios: 1,
  });
});

test('a clone that was stopped is interrupted, with what it measured', () => {
  const row = only(realRows(realRun('[a]\n'), [[told(control(), 0, { stopped: true })]]));
  expect(row).toMatchObject({ state: 'interrupted', ios: 1 });
});

test('blocks that differ fail the row', () => {
  const outcome = told(control(), 0, { direction: COPY, verifyErrors: 3 });
  expect(only(realRows(realRun(COPIES), [[outcome]]))).toMatchObject({
    state: 'failed',
    verify_errors: 3,
  });
});
