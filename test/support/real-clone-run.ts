/** The first job of a job file on real files, run in this thread: its rows. */

import { thisMoment } from '../../src/linux/clock.ts';
import { Control } from '../../src/linux/control.ts';
import { formatDiagnostic, loadPlan } from '../../src/job/load.ts';
import type { Row } from '../../src/record/columns.ts';
import { runClone } from '../../src/runner/real-clone.ts';
import { lookUps } from '../../src/runner/real-facts.ts';
import { realRows } from '../../src/runner/real-rows.ts';
import { prepare } from '../../src/runner/real-targets.ts';
import { present } from '../../src/units/assert.ts';

const NOTHING_SHARED = { flow: null, log: null, steady: null, claims: {} };

/** `options`: of a job [j], blanks between them. */
export function runReal(options: string): readonly Row[] {
  const text = `[j]\n${options.split(' ').join('\n')}\n`;
  const loaded = loadPlan({ jobFile: 'j.fio', text, lookUp: lookUps() });
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(formatDiagnostic).join('\n'));
  const run = present(loaded.plan.runs[0], 'a run');
  const { problem } = prepare({ kind: 'prepare', run, control: Control.for(0).memory });
  if (problem !== null) throw new Error(problem);
  const control = Control.for(1);
  const { memory } = control;
  control.go();
  const place = { job: 0, clone: 0, place: 0, control: memory, origin: thisMoment() };
  const report = runClone({ kind: 'clone', run, ...place, ...NOTHING_SHARED });
  return realRows(run, [[{ report, control, place: 0, stopped: false, check: null }]]);
}
