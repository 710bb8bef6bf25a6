/** fio's options of files that coffer does not follow: how they are found, made and opened. */

import { ignoredOptions, refusedOptions } from './fio-option.ts';
import type { JobOption } from './job-option.ts';

const category = 'files of fio';
const OPENED_ONCE = 'files are laid out and opened once, before measured time';

const made = refusedOptions(category, 'would lay files out otherwise than coffer does; remove it', [
  {
    name: 'opendir',
    type: 'string',
    why: 'would work on whatever lies in a folder that day; name the files, filename=a:b',
    help: 'Works on every file below this folder.',
  },
  {
    name: 'fill_device',
    aliases: ['fill_fs'],
    type: 'bool',
    harmless: ['0'],
    why: 'would write until no room is left, of which there is no end to plan; give size',
    help: 'Writes until the file system or device is full.',
  },
  {
    name: 'file_append',
    type: 'bool',
    harmless: ['0'],
    why: 'would begin at the end of the file; give offset and size',
    help: 'Begins behind what the file holds.',
  },
  {
    name: 'create_on_open',
    type: 'bool',
    harmless: ['0'],
    why: 'would make files in measured time, and coffer lays them out before; remove it',
    help: 'Makes files when they are opened for I/O.',
  },
  {
    name: 'create_only',
    type: 'bool',
    harmless: ['0'],
    why: 'would lay files out and do no I/O; remove it, each run lays out what it needs',
    help: 'Makes the files and ends.',
  },
  {
    name: 'allow_file_create',
    type: 'bool',
    harmless: ['1'],
    why: 'would forbid to make files; write layout=0',
    help: 'Whether files that are missing are made.',
  },
  {
    name: 'filetype',
    type: 'choice',
    choices: ['none', 'file', 'block', 'char'],
    harmless: ['none'],
    why: 'would take a file for what it is not; remove it, coffer looks at what is there',
    help: 'What the files are, whatever they look like.',
  },
  {
    name: 'lockfile',
    type: 'choice',
    choices: ['none', 'exclusive', 'readwrite'],
    harmless: ['none'],
    why: 'would let clones wait for the lock of a file; remove it',
    help: 'Locks a file for each I/O.',
  },
  {
    name: 'unlink_each_loop',
    type: 'bool',
    harmless: ['0'],
    why: 'would make the files anew in each loop; write unlink=1, which removes them at the end',
    help: 'Removes the files after each loop.',
  },
  {
    name: 'fsync_on_close',
    type: 'bool',
    harmless: ['0'],
    why: 'would sync when a file is closed; write end_fsync=1, which is measured',
    help: 'An fsync(2) when a file is closed.',
  },
  {
    name: 'end_syncfs',
    type: 'bool',
    harmless: ['0'],
    why: 'would sync the whole file system at the end; write end_fsync=1',
    help: 'A syncfs(2) at the end of the job.',
  },
  {
    name: 'ioscheduler',
    type: 'string',
    why: 'would change the device for everybody; set /sys/block/DEVICE/queue/scheduler beforehand',
    help: 'I/O scheduler that the device is switched to.',
  },
]);

const indifferent = ignoredOptions(category, OPENED_ONCE, [
  { name: 'create_serialize', type: 'bool', help: 'Makes the files of all jobs one by one.' },
  { name: 'create_fsync', type: 'bool', help: 'An fsync(2) after a file is laid out.' },
  {
    name: 'unique_filename',
    type: 'bool',
    why: 'there is no server mode, in which names could collide',
    help: "Puts the client's address before file names in server mode.",
  },
]);

const hints = refusedOptions(category, 'would tell the kernel what coffer does not; remove it', [
  {
    name: 'fadvise_hint',
    type: 'choice',
    choices: ['0', '1', 'random', 'sequential', 'noreuse'],
    harmless: ['0'],
    why: 'would advise the page cache of the pattern, and coffer leaves it as it is; write 0',
    help: 'Advice about the pattern to the page cache, by posix_fadvise(2).',
  },
  {
    name: 'write_hint',
    type: 'choice',
    choices: ['none', 'short', 'medium', 'long', 'extreme'],
    harmless: ['none'],
    help: 'Expected lifetime of what is written.',
  },
  {
    name: 'sync_file_range',
    type: 'string',
    why: 'would sync ranges as they are written; write fsync or fdatasync',
    help: 'A sync_file_range(2) after so many writes.',
  },
]);

export const fioFileOptions: readonly JobOption[] = [...made, ...indifferent, ...hints];
