/** Whether io_uring can be had here: older kernels have none, containers and sysctl forbid it. */

import { Arena } from '../../src/linux/arena.ts';
import { errnoName } from '../../src/linux/errno.ts';
import { loadSyscalls } from '../../src/linux/syscalls.ts';

/** Of struct io_uring_params, linux/io_uring.h. */
const PARAMETERS_BYTES = 120;

/** null: it can. */
export function whyNoRings(): string | null {
  const syscalls = loadSyscalls();
  if (typeof syscalls === 'string') return syscalls;
  const parameters = new Arena(syscalls, PARAMETERS_BYTES);
  const fd = syscalls.ioUringSetup(1, parameters.address);
  parameters.close();
  if (fd < 0) return `io_uring_setup: ${errnoName(-fd)}`;
  syscalls.close(fd);
  return null;
}
