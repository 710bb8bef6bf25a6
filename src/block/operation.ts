/**
 * enum req_op (include/linux/blk_types.h); the copy pair has the numbers of the copy offload series
 * v19/v20.
 */
export const Operation = {
  READ: 0,
  WRITE: 1,
  FLUSH: 2,
  DISCARD: 3,
  WRITE_ZEROES: 9,
  COPY_DST: 18,
  COPY_SRC: 19,
} as const;

export type Operation = (typeof Operation)[keyof typeof Operation];

const NAMES: Readonly<Record<Operation, string>> = {
  [Operation.READ]: 'read',
  [Operation.WRITE]: 'write',
  [Operation.FLUSH]: 'flush',
  [Operation.DISCARD]: 'discard',
  [Operation.WRITE_ZEROES]: 'write-zeroes',
  [Operation.COPY_DST]: 'copy-dst',
  [Operation.COPY_SRC]: 'copy-src',
};

export function operationName(operation: Operation): string {
  return NAMES[operation];
}

/** Whether its bios carry data between host memory and device. */
export const carriesData = (operation: Operation): boolean => {
  return operation === Operation.READ || operation === Operation.WRITE;
};
