/** What the logs of one clone collect, from the plan of its job. */

import type { LogPlan } from '../job/log-plan.ts';
import { IoLog, type SpillStream } from '../measure/io-log.ts';
import { SLOT_DIRECTIONS } from '../workload/slots.ts';
import type { Workload } from '../workload/workload.ts';

/** The workload tells it of its I/Os from now on. */
export function logOf({ logs }: LogPlan, workload: Workload, spill: SpillStream): IoLog {
  const lines = logs.filter(({ kind }) => kind !== 'clat_hist' && kind !== 'iolog');
  const widths = lines.map(({ windowNs }) => windowNs);
  const log = new IoLog(
    {
      each: widths.includes(0),
      windowsNs: [...new Set(widths)].filter((width) => width > 0),
      histogramNs: logs.find(({ kind }) => kind === 'clat_hist')?.windowNs ?? null,
      issued: logs.some(({ kind }) => kind === 'iolog'),
      submission: workload.spec.submission,
      directions: SLOT_DIRECTIONS.length,
    },
    workload.slots,
    spill,
  );
  workload.recorder.log = log;
  return log;
}
