/** The columns that say which path the bytes took, what went wrong, and what it all cost. */

import { STEADY_DRIFT_PERCENT } from '../../measure/series.ts';
import type { Column } from '../column.ts';

const TAKEN = {
  subject: 'path taken',
  kind: 'exact',
  type: 'integer',
  unit: null,
  better: null,
} as const;
const FAULT = {
  subject: 'faults',
  kind: 'exact',
  type: 'integer',
  unit: null,
  better: 'lower',
} as const;
const COST = {
  subject: 'cost',
  kind: 'sampled',
  type: 'integer',
  unit: null,
  better: 'lower',
  growsWithWork: true,
} as const;
const BYTES = { ...COST, unit: 'bytes' } as const;
const TRUST = { subject: 'trust', kind: 'sampled', unit: null, better: null } as const;

export const PATHS_TAKEN = [
  {
    ...TAKEN,
    name: 'offload_bytes',
    kind: 'sampled',
    unit: 'bytes',
    better: 'higher',
    growsWithWork: true,
    label: 'offloaded',
    meaning: 'Of `bytes`, those that the device copied itself. Empty for reads and writes.',
  },
  {
    ...TAKEN,
    name: 'emulation_bytes',
    kind: 'sampled',
    unit: 'bytes',
    better: 'lower',
    growsWithWork: true,
    label: 'emulated',
    meaning:
      'Of `bytes`, those that the kernel copied through its own buffer. ' +
      'Empty for reads and writes.',
  },
  {
    ...TAKEN,
    name: 'read_write_bytes',
    kind: 'sampled',
    unit: 'bytes',
    better: 'lower',
    growsWithWork: true,
    label: 'read-written',
    meaning:
      'Of `bytes`, those that the application read and wrote to copy them. ' +
      'Empty for reads and writes.',
  },
  {
    ...TAKEN,
    name: 'fallbacks',
    kind: 'sampled',
    growsWithWork: true,
    label: 'fallbacks',
    better: 'lower',
    meaning:
      'How often a copy went on to the next path because `fallback=` allowed it: one that leaves ' +
      'offload and then emulation counts twice. Empty for reads and writes.',
  },
  {
    ...TAKEN,
    name: 'fallback_reason',
    type: 'string',
    explains: 'fallbacks',
    label: 'fallback reason',
    meaning:
      'Why they left it: each reason with how often it came, as `offload: EOPNOTSUPP ×4`, ' +
      'sorted by its text; empty without a fallback.',
  },
  {
    ...TAKEN,
    name: 'path_proof',
    type: 'string',
    label: 'path proof',
    choices: ['extents', 'device', 'call', 'unproven'],
    meaning:
      'On real files, what tells the path of the bytes that offload copied: `extents`, the file ' +
      'system says which are shared; `device`, the counters of the block device; `call`, the ' +
      'system call can do it no other way; `unproven`, nothing does: then `offload_bytes` and ' +
      '`emulation_bytes` are empty. Empty in a simulated world, which knows.',
  },
] as const satisfies readonly Column[];

export const FAULTS = [
  {
    ...FAULT,
    name: 'short_ios',
    label: 'short I/Os',
    meaning: 'I/Os that did a good prefix of their bytes and no more.',
  },
  {
    ...FAULT,
    name: 'error_ios',
    label: 'I/O errors',
    meaning: 'I/Os that ended in an error.',
  },
  {
    ...FAULT,
    name: 'verify_errors',
    label: 'verify errors',
    meaning:
      'Blocks that do not hold what they should: of copies at the end of the job, logical blocks; ' +
      'of what verify= reads, those with a header each. Empty where nothing was verified.',
  },
] as const satisfies readonly Column[];

export const COSTS = [
  {
    ...COST,
    name: 'host_cpu_ns',
    unit: 'ns',
    label: 'host CPU',
    meaning:
      'CPU time of the host: system calls, bios, interrupts, context switches, memory copies; on ' +
      'real targets that of the threads of the clones, user and system (of a mix of reads and ' +
      'writes divided by their I/Os). Empty where it is not known.',
  },
  {
    ...COST,
    name: 'cpu_user_ns',
    unit: 'ns',
    label: 'user CPU',
    meaning:
      'Of `host_cpu_ns` on real targets, the part in user mode; coffer itself is in it. Empty when ' +
      'it was too short for a tick of the timer to see it.',
  },
  {
    ...COST,
    name: 'cpu_system_ns',
    unit: 'ns',
    label: 'system CPU',
    meaning: 'Of `host_cpu_ns` on real targets, the part in the kernel; empty as `cpu_user_ns`.',
  },
  {
    ...COST,
    name: 'voluntary_switches',
    label: 'voluntary switches',
    meaning: 'On real targets, how often the threads of the clones gave the CPU away to wait.',
  },
  {
    ...COST,
    name: 'involuntary_switches',
    label: 'involuntary switches',
    meaning: 'On real targets, how often the CPU was taken from them.',
  },
  {
    ...BYTES,
    name: 'pcie_tx_bytes',
    label: 'PCIe tx',
    meaning: 'Bytes over PCIe from host to device; empty where there is no PCIe link.',
  },
  {
    ...BYTES,
    name: 'pcie_rx_bytes',
    label: 'PCIe rx',
    meaning: 'Bytes over PCIe from device to host; empty where there is no PCIe link.',
  },
  {
    ...BYTES,
    name: 'fabric_tx_bytes',
    label: 'fabric tx',
    meaning: 'Bytes over the fabric from host to target; empty where there is no fabric.',
  },
  {
    ...BYTES,
    name: 'fabric_rx_bytes',
    label: 'fabric rx',
    meaning: 'Bytes over the fabric from target to host; empty where there is no fabric.',
  },
  {
    ...BYTES,
    name: 'media_read_bytes',
    label: 'media read',
    meaning: 'Bytes read from the media of the devices.',
  },
  {
    ...BYTES,
    name: 'media_write_bytes',
    label: 'media write',
    meaning: 'Bytes written to the media of the devices.',
  },
  {
    ...COST,
    name: 'commands',
    label: 'commands',
    meaning: 'Commands that reached a device.',
  },
  {
    ...COST,
    name: 'bios',
    label: 'bios',
    meaning: 'Bios submitted to a block device, those made by a split not counted.',
  },
  {
    ...COST,
    name: 'splits',
    label: 'splits',
    meaning: 'Cuts by the limits of a queue: a bio that becomes three was cut twice.',
  },
  {
    ...COST,
    name: 'merges',
    better: null,
    label: 'merges',
    meaning: 'Bios that joined a request already there; the two bios of a copy pair are one merge.',
  },
] as const satisfies readonly Column[];

export const TRUSTS = [
  {
    ...TRUST,
    name: 'late_p99_ns',
    type: 'integer',
    unit: 'ns',
    better: 'lower',
    label: 'late p99',
    meaning:
      'Wall clock only: 99th percentile of how long after its due time an event was handled; ' +
      'empty under the virtual clock.',
  },
  {
    ...TRUST,
    name: 'steady',
    type: 'boolean',
    label: 'steady',
    meaning:
      'Whether the least-squares line through the time series of bandwidth moves by at most ' +
      `${STEADY_DRIFT_PERCENT} % of the mean from start to end; ` +
      'empty where the series is too short.',
  },
  {
    ...TRUST,
    name: 'steadystate_attained',
    type: 'boolean',
    label: 'steadystate',
    meaning:
      'Whether the job ended because what `steadystate` asks of it was attained, by all clones of ' +
      'the row; empty where it asks nothing.',
  },
] as const satisfies readonly Column[];
