/**
 * The prose of `jobs/README.md`. A test loads its example, and holds each claim on units and
 * sweeps.
 */

export const EXAMPLE_JOB = `; Which path should a copy inside one NVMe namespace take?
[device nvme0]
driver=nvme
profile=nvme-gen4
size=4g
mssrl=256
mcl=2048

[global]
filename=nvme0
rw=copy
size=64m
dest_offset=2g
sweep_path=offload emulation read-write
sweep_bs=4k 64k 1m
sweep_iodepth=1 32

[copies]
`;

export const GRAMMAR = `\
A job file is fio's: sections in brackets, one \`option=value\` per line, comments behind \`;\` or
\`#\` at the start of a line or after white space. \`[global]\` gives options to all jobs below it, a
second one adds to the first; every other section is a job. \`[device NAME]\`, \`[host NAME]\` and
\`[link NAME]\` declare the simulated world, and \`filename=NAME\` puts a job on a declared device. A
host called \`host0\` is there when none is declared. In a file that declares no device,
\`filename=\` is the path of a real file or block device.

\`coffer check FILE\` names all mistakes of a file at once, each as \`file:line: option: what, and
what to do\`; with \`--syntax\` it answers as \`fio --parse-only\`, with \`--plan\` it shows the runs
that the file expands to; \`coffer options NAME\` explains an option.`;

export const EXAMPLE = `## A worked example

\`\`\`ini
${EXAMPLE_JOB}\`\`\`

These are 3 × 3 × 2 = 18 runs. Each copies the first 64 MiB of the namespace to its third GiB, and
each finds a world of its own: what one run writes no other finds. \`--set iodepth=8\` replaces an
option and its sweep in every job, \`--set nvme0.mssrl=128\` an attribute, \`--section copies\`
keeps one job.`;

export const LINES = `## Lines

- \`include FILE\` in a section stands for the lines of FILE, which lies beside the file that says
  so; it may include others, and begins no section.
- \`\${NAME}\` is a variable of the environment, which must be set; \`\${NAME:-default}\` is not bound
  to be. \`$ncpus\`, \`$pagesize\` (bytes) and \`$mb_memory\` (MiB) are the machine's, and may be
  reckoned with: \`iodepth=2*$ncpus\`.
- A number, size or time may be arithmetic in parentheses: \`size=(4*256m)\`, \`bs=(2^12),8k\`,
  \`runtime=(2*30s)\`, with \`+ - * / % ^\`; times say their unit there.
- Of an option that is given twice in a section the last holds, with a note.
- Options of type \`flag\` may stand without \`=\`, others need their value.`;

export const UNITS = `## Units

| what | written as | counts |
| --- | --- | --- |
| size | \`4k\` \`1m\` \`2g\` \`0x1000\` \`4096\`, also \`4kb\` | k = 1024; case does not matter |
| size | \`4kib\` | 4000, as in fio, with a warning that says so |
| size | \`kb_base=1000\` | in its section, and below its \`[global]\`: 4k is 4000, 4kib is 4096 |
| share | \`50%\` | of the device or file (\`io_size\`: of \`size\`), rounded down to whole blocks of \`bs\` |
| time | \`10us\` \`1.5ms\` \`5s\` \`2m\` \`1h\` | m is minutes; what a bare number counts, see below |
| rate | \`1gbit\` \`12.5gB\` | thousands, bits or bytes a second |
| rate | \`3360m\` | bytes a second, k = 1024 |
| by direction | \`4k,8k\` \`,,,1m\` | read,write,trim,copy; the last holds for those behind it |`;

export const SWEEPS = `## Sweeps

\`sweep_OPTION=v1 v2 v3\` runs the whole file once for each value; several sweeps cross, and the
one further up changes slowest. In \`[global]\` it is one axis for all jobs below; in a job
section it is an axis of that job. \`sweep_DEVICE.attribute=\` in \`[global]\` sweeps an attribute
of a device, host or link, \`sweep_DEVICE.profile=\` its profile. \`repeat=N\` runs each point N
times with random streams of its own. The random streams do not depend on the point: every path
meets the same offsets.

In results \`point\` names the swept values, sorted by name: \`bs=4k iodepth=32 path=offload\`; an
axis of a job is \`JOB.option\`, of a device \`DEVICE.attribute\`.`;

export const REAL = `## Real files and block devices

A file that declares no \`[device]\` works on the real thing. The job that fio would run, runs;
copies choose how the kernel is asked with \`path=\`:

| \`ioengine\` | in flight | \`path=offload\` | \`emulation\` | \`read-write\` |
| --- | --- | --- | --- | --- |
| \`psync\` (\`sync\` \`pvsync\` \`pvsync2\`) | 1 | copy_file_range, FICLONERANGE | splice | pread, pwrite |
| \`io_uring\` | \`iodepth\` | | splice | read, write |
| \`libaio\` | \`iodepth\` | | | read, write |
| \`mmap\` | 1 | | | memory copy |
| \`null\` | \`iodepth\` | nothing | nothing | nothing |

What an engine cannot do is refused; \`io_uring\` therefore needs \`path=\` for copies.

- A file that is read and not there, or too short, is laid out before measured time; \`unlink=1\`
  removes what coffer made. A block device is never laid out.
- Never lost without leave: a file that coffer did not lay out, a device with a file system or a
  partition table (\`overwrite=1\`), a device that is mounted (\`allow_mounted_write=1\`).
  \`--allow-destructive\` gives both to all jobs, \`--readonly\` refuses all writes and copies.
- \`dest_filename=clone.$jobnum\` gives each clone a destination of its own; without \`filename=\`
  each clone has its own file, \`$jobname.$jobnum.$filenum\`, in \`directory=\`.
- The clock is always that of the wall: a run is a sample, so give \`repeat=\`.`;

export const DIFFERENCES = `## Where it differs from fio, and why

fio guesses where a line is unclear, and a guess in a benchmark is a wrong figure that nobody
sees. Each line of this table is run by a test.`;

export const MEANINGS = `What options mean differs here:

- Numbers that count things take no suffix: fio reads \`iodepth=1k\` as 1024.
- \`include\` looks beside the file it stands in; fio looks in the current folder first, and takes
  what happens to lie there.
- A job name that is used twice is refused: rows of results are told apart by it.
- A byte order mark at the start of the file is skipped; in fio it is an error.
- \`rw=copy|randcopy\`, \`dest_offset\`, \`dest_offset_delta\`, \`num_range\` and the fourth value
  by direction are those of the fio fork for copy offload, but the destination of a copy always is
  \`dest_offset + (source - offset)\`: there, \`randcopy\` takes sources at random and
  destinations in order.
- Sources and destinations that overlap, and a destination past the end, are mistakes, over all
  clones of a job; the fork copies anyway.
- \`size\` of copies defaults to what fits between source and destination, of clones that are
  moved apart by \`offset_increment\` to what keeps their destinations apart.
- \`overwrite=1\` is leave to lose what a file holds; in fio it lays the file out before it is
  written. \`directory=\` does not go before a name that begins with \`/\`; in fio it does.
- A stride (\`rw=read:8k\`) turns at the end of the region, and goes on until the bytes of the job
  are done; fio turns at the end of the file, and ends early where the last I/O ends just there.
- Of \`zipf\`, \`pareto\` and \`normal\` each block has one rank, scattered by a random order. fio
  scatters by a hash, which leaves blocks out unless their number is a power of two: there both have
  the same hit curve. What is hot is the same for reads and writes, and another for each clone.
- A job whose name is a block device does not work on it, as it does in fio: give \`filename=\`.
- A simulated device's engine is \`sim\`, asynchronous; a synchronous engine keeps one I/O in
  flight, and a larger \`iodepth\` then warns. The \`null\` engine does nothing at once, and moves
  no data.
- \`clock\` and \`repeat\` hold for the whole file: they stand in \`[global]\`.`;

export const FIO_OPTIONS = `## Options of fio that are ignored or refused

Every option that fio 3.42 knows has a place here or above. *Ignored*: it cannot change what a
result means here, and a warning says so. *Refused*: it would change it, and coffer does not do what
it asks; a value that asks for what happens anyway is taken. \`coffer check --syntax\` takes both, as
\`fio --parse-only\` does. Options of engines that coffer does not have are no options.`;
