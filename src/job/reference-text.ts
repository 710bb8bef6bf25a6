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
- A \`stonewall\` waits for jobs too that \`startdelay\` still holds back; fio begins what is behind
  it at once, and the late ones beside it. \`exit_what=stonewall\` ends such jobs with the others of
  their stage; in fio they may still run. What \`exitall\` ends before it began is \`not_run\` in the
  record, with the reason, and the exit code is 1.
- \`flow\` weighs clones that run; in fio one that has not begun, behind a stonewall even, holds the
  others back. A simulated clone that is ahead of its share sleeps until it may go on; a real one
  spins for 200 µs, where fio spins for good, and sleeps in between after that.
- A stride (\`rw=read:8k\`) turns at the end of the region, and goes on until the bytes of the job
  are done; fio turns at the end of the file, and ends early where the last I/O ends just there.
- With several sizes (\`bsrange\`, \`bssplit\`) reads and writes of a mix each have a random map of
  their own, in units of their smallest size; fio has one for both, and units of the smallest of
  all. I/Os that a map cuts short are so in both: \`norandommap\` keeps the shares. A job goes on
  until its bytes are done, or the region is through, whatever the stride. Backward strides,
  \`num_range\` and \`trimwrite\` have one size. A \`bssplit\` of sizes that are no multiples of
  the smallest is refused without \`bs_unaligned\`; fio rounds them down. With
  \`bs_is_seq_rand\` random offsets are multiples of the size that random I/O has.
- A log that is replayed (\`read_iolog\`) is one of reads and writes, of trims and writes, or of
  copies (\`FILE copy OFFSET LENGTH DEST_OFFSET\`, and DEST_FILE behind where it is another).
  Times count from the start of the job, and what is late goes at once; fio counts each pause from
  the I/O before, so that behind a slow one all come later. \`wait\` is what fio 3.33 makes of it,
  ms from the start, which its manual does not say. Files are opened at the beginning. A sync waits
  for the I/O it stands behind. \`replay_skip\` holds for these logs too, and \`read_iolog\` does
  not take \`write_iolog\` away.
- Of \`zipf\`, \`pareto\` and \`normal\` each block has one rank, scattered by a random order. fio
  scatters by a hash, which leaves blocks out unless their number is a power of two: there both have
  the same hit curve. What is hot is the same for reads and writes, and another for each clone.
- With several files one whose blocks are all done is left out until all are, also where offsets may
  repeat and the service is \`sequential\`: fio then stays with its first file. The ranks of
  \`file_service_type=zipf\` and \`pareto\` begin with the hottest file, which fio may cut in two. All
  files are opened before measured time; \`openfiles\` bounds how many have I/Os by turns, as in fio.
  \`$filenum\` in \`filename\` stands for \`nrfiles\` names; in fio it is part of the name. Lengths
  drawn from a range of \`filesize\` are never below it.
- Verification (\`verify\`) reads back behind each loop, also where \`io_size\` is more than one pass
  over the region: fio 3.33 then cuts it to whole passes. A block that two writes met in, both in
  flight, is held against nothing. Reads that verify keep no \`rate\`; in fio they do.
  \`verify_only\` counts its reads alone, and fio the writes that it leaves out too. An interval that
  does not divide the block size, a header that does not fit its block, and \`verify=pattern\`
  without a pattern are refused; fio takes another interval, writes what it cannot verify, and
  verifies chance. \`sha256\` and \`sha512\` are what they are called: of fio 3.33 the fields hold
  other bytes, and of sha512 only a change near the end of a block is found. What coffer has written
  it does not lay out again to be verified.
- What \`scramble_buffers\` changes is the count of the write where fio has the time, so that a run
  repeats to the byte. \`zero_buffers\` writes zeros in a mix too; fio writes what was read.
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
