/**
 * fio's engines that coffer does not have, with their options, and the options of those that it
 * has. Names are facts of fio 3.33 (`fio --enghelp=ENGINE`) and of its documentation.
 */

import { ignoredOptions, refusedOptions } from './fio-option.ts';
import type { JobOption } from './job-option.ts';

const category = 'engines of fio';
const POLLED = 'would poll for completions, which coffer does not; remove it';
const PRIORITY = 'would give some I/O another priority; run coffer under ionice for all of it';

const shared = refusedOptions(category, 'would issue I/O of another kind; remove it', [
  {
    name: 'hipri',
    type: 'flag',
    harmless: ['0'],
    why: POLLED,
    help: 'io_uring, pvsync2: completions are polled for.',
  },
  {
    name: 'hipri_percentage',
    type: 'int',
    min: 0,
    max: 100,
    why: POLLED,
    help: 'pvsync2: share of I/O that is polled for.',
  },
  {
    name: 'cmdprio_percentage',
    type: 'int',
    list: 'directions',
    min: 0,
    max: 100,
    harmless: ['0'],
    why: PRIORITY,
    help: 'io_uring, libaio: share of I/O of high priority.',
  },
  {
    name: 'cmdprio_class',
    type: 'int',
    list: 'directions',
    min: 1,
    max: 3,
    why: PRIORITY,
    help: 'io_uring, libaio: class of that I/O.',
  },
  {
    name: 'cmdprio',
    type: 'int',
    list: 'directions',
    min: 0,
    max: 7,
    why: PRIORITY,
    help: 'io_uring, libaio: priority of that I/O.',
  },
  {
    name: 'cmdprio_hint',
    type: 'int',
    list: 'directions',
    min: 0,
    max: 1023,
    why: PRIORITY,
    help: 'io_uring, libaio: hint of that I/O.',
  },
  {
    name: 'cmdprio_bssplit',
    type: 'string',
    why: PRIORITY,
    help: 'io_uring, libaio: share of high priority by block size.',
  },
  {
    name: 'nowait',
    type: 'bool',
    harmless: ['0'],
    why: 'would let I/O fail that has to wait; remove it',
    help: 'io_uring, libaio, pvsync2: RWF_NOWAIT.',
  },
  {
    name: 'uncached',
    type: 'int',
    harmless: ['0'],
    why: 'would drop pages from the cache behind the I/O; remove it',
    help: 'io_uring, pvsync2: RWF_DONTCACHE.',
  },
  {
    name: 'sqthread_poll',
    type: 'flag',
    harmless: ['0'],
    why: 'would let a kernel thread take the submissions; remove it',
    help: 'io_uring: a kernel thread polls for submissions.',
  },
  {
    name: 'force_async',
    type: 'int',
    min: 0,
    harmless: ['0'],
    why: 'would hand I/O to kernel threads; remove it',
    help: 'io_uring: IOSQE_ASYNC on every so manyeth I/O.',
  },
  {
    name: 'thp',
    type: 'int',
    harmless: ['0'],
    why: 'would ask for huge pages under the mapping; remove it',
    help: 'mmap: MADV_HUGEPAGE.',
  },
]);

const unused = ignoredOptions(category, 'sqthread_poll is not done', [
  { name: 'sqthread_poll_cpu', type: 'int', help: 'io_uring: CPU of sqthread_poll.' },
  {
    name: 'nonvectored',
    type: 'int',
    why: 'an I/O has one buffer, and the kernel does the same for both kinds of command',
    help: 'io_uring: commands without a vector of buffers.',
  },
  {
    name: 'userspace_reap',
    type: 'flag',
    why: 'it takes what has ended by the system call, or from the ring, at the same times',
    help: 'libaio: completions are taken from the ring.',
  },
]);

export const fioEngineOptions: readonly JobOption[] = [...shared, ...unused];

const NET = ['hostname', 'port', 'protocol', 'nodelay', 'listen', 'pingpong', 'interface', 'ttl'];
const RPMA = ['serverip', 'port', 'direct_write_to_pmem', 'busy_wait_polling'];
const URING_CMD = ['cmd_type', 'md_per_io_size', 'pi_act', 'pi_chk', 'apptag', 'apptag_mask'];
const HTTP = [
  'https',
  'host',
  'user',
  'pass',
  's3_key',
  's3_keyid',
  's3_region',
  'mode',
  'verbose',
];

/** Engines that fio can have, and coffer not, by what only they take. */
const FOREIGN: Readonly<Record<string, readonly string[]>> = {
  cpuio: ['cpuload', 'cpuchunks', 'cpumode', 'exit_on_io_done'],
  net: [...NET, 'window_size', 'mss'],
  netsplice: [],
  exec: ['program', 'arguments', 'grace_time', 'std_redirect'],
  e4defrag: ['donorname', 'inplace'],
  falloc: [],
  ftruncate: [],
  filecreate: [],
  filestat: ['stat_type'],
  filedelete: [],
  dircreate: [],
  dirstat: [],
  dirdelete: [],
  vsync: [],
  posixaio: [],
  solarisaio: [],
  windowsaio: [],
  splice: [],
  sg: ['readfua', 'writefua', 'sg_write_mode', 'stream_id'],
  io_uring_cmd: [...URING_CMD, 'deac', 'verify_mode', 'write_mode'],
  mtd: ['skip_bad'],
  nbd: ['uri'],
  gfapi: ['volume', 'brick', 'single-instance'],
  gfapi_async: [],
  rdma: ['bindname', 'verb'],
  librpma_apm_client: RPMA,
  librpma_apm_server: [],
  librpma_gpspm_client: [],
  librpma_gpspm_server: [],
  rados: ['clustername', 'pool', 'clientname', 'conf', 'busy_poll', 'touch_objects'],
  rbd: ['rbdname'],
  http: [...HTTP.map((name) => `http_${name}`), 'https', 'http_swift_auth_token'],
  nfs: ['nfs_url'],
  dfs: ['cont', 'chunk_size', 'object_class', 'svcl'],
  ime_psync: [],
  ime_psyncv: [],
  ime_aio: [],
  libhdfs: ['namenode', 'hdfsdirectory', 'hdfs_use_direct'],
  libiscsi: ['initiator'],
  libcufile: ['gpu_dev_ids', 'cuda_io'],
  libblkio: ['libblkio_driver', 'libblkio_path', 'libblkio_num_entries'],
  libpmem: [],
  libzbc: [],
  'dev-dax': [],
  pmemblk: [],
  xnvme: ['xnvme_async', 'xnvme_sync', 'xnvme_admin', 'xnvme_be', 'xnvme_mem', 'xnvme_dev_nsid'],
  external: [],
};

/** As a value of ioengine. */
export const FOREIGN_ENGINE = new RegExp(`^(?:${Object.keys(FOREIGN).join('|')})$|^external:`);

/** The engine that takes the option; null: none is known to. */
export function foreignEngineOf(option: string): string | null {
  const entries = Object.entries(FOREIGN);
  return entries.find(([, options]) => options.includes(option))?.[0] ?? null;
}
