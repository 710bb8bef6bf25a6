/**
 * The configfs attributes of null_blk (drivers/block/null_blk/main.c, nullb_device_attrs of Linux
 * 7.2) with the kernel's C type and default, and `copy_max_bytes` of the copy offload series v20.
 * The job file's options (attributes.ts) and the model of the configfs directory (configfs.ts) both
 * read this.
 *
 * Left out: the zone attributes. `badblocks` has a syntax of its own, see badblocks.ts.
 */

export interface KernelAttribute {
  readonly name: string;
  readonly type: 'bool' | 'uint' | 'ulong';
  /** As configfs counts it. */
  readonly initial: number;
  /** configfs counts it in MiB; a job file gives it in bytes. */
  readonly countsMib?: boolean;
  /** May be written while the device is powered on. */
  readonly live?: boolean;
}

export const kernelAttributes: readonly KernelAttribute[] = [
  { name: 'badblocks_once', type: 'bool', initial: 0 },
  { name: 'badblocks_partial_io', type: 'bool', initial: 0 },
  { name: 'blocking', type: 'bool', initial: 0 },
  { name: 'blocksize', type: 'uint', initial: 512 },
  { name: 'cache_size', type: 'ulong', initial: 0, countsMib: true },
  { name: 'completion_nsec', type: 'ulong', initial: 10_000 },
  { name: 'copy_max_bytes', type: 'ulong', initial: 128 * 1024 * 1024 },
  { name: 'discard', type: 'bool', initial: 0 },
  { name: 'fua', type: 'bool', initial: 1 },
  { name: 'home_node', type: 'uint', initial: 4_294_967_295 },
  { name: 'hw_queue_depth', type: 'uint', initial: 64 },
  { name: 'index', type: 'uint', initial: 0 },
  { name: 'irqmode', type: 'uint', initial: 1 },
  { name: 'max_sectors', type: 'uint', initial: 0 },
  { name: 'mbps', type: 'uint', initial: 0 },
  { name: 'memory_backed', type: 'bool', initial: 0 },
  { name: 'no_sched', type: 'bool', initial: 0 },
  { name: 'poll_queues', type: 'uint', initial: 1, live: true },
  { name: 'power', type: 'bool', initial: 0, live: true },
  { name: 'queue_mode', type: 'uint', initial: 2 },
  { name: 'rotational', type: 'bool', initial: 0 },
  { name: 'shared_tag_bitmap', type: 'bool', initial: 0 },
  { name: 'shared_tags', type: 'bool', initial: 0 },
  { name: 'size', type: 'ulong', initial: 250 * 1024, countsMib: true },
  { name: 'submit_queues', type: 'uint', initial: 1, live: true },
  { name: 'use_per_node_hctx', type: 'bool', initial: 0 },
  { name: 'virt_boundary', type: 'bool', initial: 0 },
];
