/** fio's options of the process and the machine under a job, that coffer does not follow. */

import { ignoredOptions, refusedOptions } from './fio-option.ts';
import type { JobOption } from './job-option.ts';

const category = 'process and machine of fio';

const memory = refusedOptions(category, 'would put buffers elsewhere; remove it', [
  {
    name: 'mem',
    aliases: ['iomem'],
    type: 'string',
    harmless: ['malloc', 'shm', 'mmap', 'mmapshared'],
    why: 'would put buffers in huge pages, a file or a GPU; they are anonymous memory: write malloc',
    help: 'Where buffers lie.',
  },
]);

const memoryUnused = ignoredOptions(category, 'buffers begin at a page, in anonymous memory', [
  { name: 'iomem_align', aliases: ['mem_align'], type: 'bytes', help: 'Boundary of buffers.' },
  { name: 'hugepage-size', type: 'bytes', help: 'Size of a huge page.' },
  { name: 'gpu_dev_id', type: 'int', help: 'GPU that buffers lie in.' },
  {
    name: 'lockmem',
    type: 'bytes',
    harmless: ['0'],
    why: 'it takes memory away from the machine, and no more; do so outside',
    help: 'Memory that is locked beside the buffers.',
  },
]);

const cpus = refusedOptions(category, 'would move the job among CPUs; write cpus_allowed', [
  {
    name: 'cpumask',
    type: 'int',
    why: 'would pin the job by a mask; write cpus_allowed, mask 5 is cpus_allowed=0,2',
    help: 'CPUs the job may run on, as bits.',
  },
  {
    name: 'cpus_allowed_policy',
    type: 'choice',
    choices: ['shared', 'split'],
    harmless: ['shared'],
    why: 'would give each clone a CPU of its own; write jobs with cpus_allowed of their own',
    help: 'Whether clones share the CPUs or divide them.',
  },
  {
    name: 'numa_cpu_nodes',
    type: 'string',
    why: 'would bind the job to a node; write cpus_allowed, or run coffer under numactl',
    help: 'NUMA nodes the job may run on.',
  },
  {
    name: 'numa_mem_policy',
    type: 'string',
    why: 'would place buffers on a node; run coffer under numactl',
    help: 'NUMA nodes that buffers lie on.',
  },
]);

const process = refusedOptions(category, 'would run the job otherwise; do so outside', [
  {
    name: 'nice',
    type: 'int',
    min: -20,
    max: 19,
    harmless: ['0'],
    why: 'would change the priority of the process; run coffer under nice',
    help: 'Niceness of the process.',
  },
  {
    name: 'prio',
    type: 'int',
    min: 0,
    max: 7,
    why: 'would change the priority of the I/O; run coffer under ionice',
    help: 'Priority of the I/O in its class.',
  },
  {
    name: 'prioclass',
    type: 'int',
    min: 0,
    max: 3,
    why: 'would change the class of the I/O; run coffer under ionice',
    help: 'Priority class of the I/O.',
  },
  {
    name: 'priohint',
    type: 'int',
    min: 0,
    max: 1023,
    why: 'would hint at the priority of the I/O; remove it',
    help: 'Hint beside the priority of the I/O.',
  },
  {
    name: 'uid',
    type: 'int',
    min: 0,
    why: 'would run the job as somebody else; run coffer as that user',
    help: 'User that the job runs as.',
  },
  {
    name: 'gid',
    type: 'int',
    min: 0,
    why: 'would run the job as another group; run coffer as that group',
    help: 'Group that the job runs as.',
  },
  {
    name: 'cgroup',
    type: 'string',
    why: 'would put the job in a control group; run coffer in it',
    help: 'Control group of the job.',
  },
  {
    name: 'cgroup_weight',
    type: 'int',
    min: 100,
    max: 1000,
    why: 'would weigh the control group; set its io.weight and run coffer in it',
    help: 'Weight of the control group.',
  },
  {
    name: 'exec_prerun',
    type: 'string',
    why: 'would run a program; run it before coffer',
    help: 'Program that is run before the job.',
  },
  {
    name: 'exec_postrun',
    type: 'string',
    why: 'would run a program; run it behind coffer',
    help: 'Program that is run after the job.',
  },
  {
    name: 'profile',
    type: 'string',
    why: 'would run a workload that is built into fio; write its jobs',
    help: 'A workload that is built in.',
  },
  {
    name: 'name',
    type: 'string',
    why: 'would give the job another name than its section has; call the section so',
    help: 'Name of the job in place of that of its section.',
  },
]);

const clocks = ignoredOptions(category, 'the clock is the monotonic one, or that of the model', [
  {
    name: 'clocksource',
    type: 'choice',
    choices: ['gettimeofday', 'clock_gettime', 'cpu'],
    help: 'Clock that latencies are measured with.',
  },
  { name: 'gtod_cpu', type: 'int', min: 0, help: 'CPU that keeps the time for all.' },
  { name: 'job_start_clock_id', type: 'int', min: 0, help: 'Clock of job_start in JSON.' },
  {
    name: 'cgroup_nodelete',
    type: 'bool',
    why: 'no control group is made',
    help: 'Leaves the control group.',
  },
]);

export const fioMachineOptions: readonly JobOption[] = [
  ...memory,
  ...memoryUnused,
  ...cpus,
  ...process,
  ...clocks,
];
