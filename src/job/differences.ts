/**
 * Where coffer reads a line otherwise than fio. Each entry is an example that runs: a test reads it
 * with this parser, and asks fio, where it is installed, whether it takes it. What fio does was
 * seen by running fio 3.33 and 3.42; the page of the job language is written from this list.
 */

export type Reading =
  /** A mistake; `says` is part of the sentence. */
  | { readonly kind: 'refused'; readonly says: string }
  /** `value`: the canonical value that the option has. */
  | { readonly kind: 'read'; readonly option: string; readonly value: string };

export interface Difference {
  /** Lines of a job section, or, beginning with a bracket, a section. */
  readonly lines: string;
  /** What fio makes of it. */
  readonly fio: string;
  /** Whether `fio --parse-only` takes it. */
  readonly fioTakes: boolean;
  readonly coffer: Reading;
}

function refused(lines: string, fio: string, says: string, fioTakes = true): Difference {
  return { lines, fio, fioTakes, coffer: { kind: 'refused', says } };
}

function read(
  lines: string,
  fio: string,
  option: string,
  value: string,
  fioTakes = true,
): Difference {
  return { lines, fio, fioTakes, coffer: { kind: 'read', option, value } };
}

const values: readonly Difference[] = [
  read('bs = 64k', 'the blank cuts the suffix off in a file: 64 bytes', 'bs', '64k'),
  refused('bs=4q', '4 bytes', '"4q" is not a size'),
  refused('bs=4kx', '4096 bytes', '"4kx" is not a size'),
  refused('bs=1.5k', '1 byte', 'has a decimal point; sizes are whole numbers, write 1536'),
  refused('bs=64ki', '65536 bytes, and 64kib is 64000', '"64ki" may mean 1024 or 1000'),
  refused('size=8*4096', '8 bytes', '"8*4096" is not a size'),
  read(
    'size=(2*4k)',
    "refused, by builds without arithmetic such as Debian's",
    'size',
    '8k',
    false,
  ),
  refused(
    'runtime=(2*30)',
    '60 µs, and outside parentheses 30 is 30 s',
    'write units inside',
    false,
  ),
  refused('runtime=2sec', '2 µs', '"2sec" is not a time'),
  read('runtime=1.5s', '1 s', 'runtime', '1500ms'),
  refused('number_ios=1k', '1024', '"1k" is not a whole number'),
  refused('numjobs=0', 'no clone, and fails when it runs', '0 is too small; 1 is the least'),
  refused('size=200%', 'twice the device', '"200%" is not a share'),
  refused('stonewall=2', 'yes', '"2" is neither 0 nor 1'),
  read('exitall=0', 'yes', 'exitall', '0'),
  refused('startdelay=2-1', 'waits for ever', '"2-1" begins above its end'),
  refused('bsrange=64k-4k', '4k-64k', 'begins above its end'),
  refused('bssplit=4k/60:8k/60', 'the last 20 % never come up', 'are 120 % together'),
  refused('rw=randread:8k', '8', '"8k" is not a whole number'),
  refused('random_distribution=zipf:-1', 'Zipf of theta -1', 'theta is -1; give one above 0'),
  refused('random_distribution=random:3', 'random', 'random takes no number'),
  refused('file_service_type=random:x', 'one file until it is done', '"x" is not a whole number'),
  refused(
    'file_service_type=roundrobin:0',
    'one file until it is done',
    '0 is no number of I/Os; give at least 1',
  ),
  refused('nrfiles=0', 'no file, and no I/O', '0 is too small; 1 is the least'),
  refused('ioengine=nosuch', 'refused only when it runs', '"nosuch" is not known'),
];

const lines: readonly Difference[] = [
  read('filename=/data/a#b', 'the file /data/a', 'filename', '/data/a#b'),
  refused('bs=4k;8k', '4k', '"4k;8k" is not a size'),
  refused('filename=/data/${UNSET}', 'the file /data/', 'UNSET is not set in the environment'),
  read(
    'filename=/data/${UNSET:-x}',
    'the file /data/: no variable is called UNSET:-x',
    'filename',
    '/data/x',
  ),
  read('bs=4k\nbs=8k', 'the last, in silence; here with a note', 'bs', '8k'),
  refused('threads=1', 'taken, and nothing comes of it', 'no such option (did you mean thread?)'),
  refused('includex=1', 'looks for a file called =1, and goes on', 'no such option'),
  refused('include missing.inc', 'runs the job without, if it is the last line', 'no such file'),
];

const sections: readonly Difference[] = [
  refused('[b', 'the job b', 'the section header has no ]'),
  refused('[]', 'a job without a name', 'the section has no name'),
  refused('[globalfoo]', 'read as [global]', 'fio reads this as [global]'),
  refused('[device]', 'a job called device', 'the device has no name'),
];

const logs: readonly Difference[] = [
  read(
    'write_bw_log=x',
    'lines of single I/Os are in 1000 bytes/s, those of windows in KiB/s; here all are in KiB/s',
    'write_bw_log',
    'x',
  ),
  read(
    'log_avg_msec=100',
    'windows of bandwidth drift, and the last is lost; here they end at multiples of 100 ms, and ' +
      'none is lost',
    'log_avg_msec',
    '100',
  ),
];

export const DIFFERENCES: readonly Difference[] = [...values, ...lines, ...sections, ...logs];
