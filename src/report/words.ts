/** The words of a copy benchmark, for who meets them for the first time. */

export const WORDS: readonly (readonly [term: string, meaning: string])[] = [
  [
    'offload',
    'The device is asked to copy: one command says from where to where, and the data never leaves it.',
  ],
  [
    'emulation',
    "The kernel copies on the application's behalf: it reads into a buffer of its own and writes that.",
  ],
  ['read-write', 'The application reads into its memory and writes from there: two system calls.'],
  ['point', 'One combination of the options that were varied, as bs=64k iodepth=32.'],
  ['bs', 'Block size: how many bytes one I/O, or one range of a copy, covers.'],
  ['iodepth', 'How many I/Os are kept in flight at once.'],
  ['throughput', 'Bytes copied by the time that took; a byte that is copied counts once.'],
  [
    'virtual clock',
    'Time is what a model of the device says. The figures repeat to the last digit, and are as true ' +
      'as the model is.',
  ],
  [
    'wall clock',
    'Time as it passed on a machine: a sample, with whatever else went on there in it.',
  ],
  ['p99', '99th percentile: one I/O in a hundred took longer.'],
];
