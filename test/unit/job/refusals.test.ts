import { expect, test } from 'vitest';
import { refusals, WORLD } from './fixture.ts';

const at = (line: number, text: string) => `jobs/a.fio:${line}: ${text}`;

/** A job of the body's options on lines 12 onwards, each refused with exactly one sentence. */
test.each<[string, string]>([
  ['filename=nvme0\niodept=4', '13: iodept: no such option (did you mean iodepth?)'],
  ['filename=nvme0\nBS=4k', '13: BS: no such option (did you mean bs?)'],
  ['filename=nvme0\nqqqqqqqq=4', '13: qqqqqqqq: no such option; coffer options lists them'],
  [
    'filename=nvme0\nbs=4q',
    '13: bs: "4q" is not a size; write a whole number with k, m, g, t or p behind it, such as 4k',
  ],
  [
    'filename=nvme0\nbs=1.5k',
    '13: bs: "1.5k" has a decimal point; sizes are whole numbers, write 1536',
  ],
  ['filename=nvme0\nbs', '13: bs: needs a value; write bs=4k'],
  ['filename=nvme0\ndirect', '13: direct: needs a value; write direct=1'],
  ['filename=nvme0\ndirect=true', '13: direct: "true" is neither 0 nor 1; write one of them'],
  ['filename=nvme0\n=4k', '13: =4k: no option stands before the =; write OPTION=VALUE'],
  [
    'filename=nvme0\nbs=4k\nsweep_bs=8k',
    '14: bs: is both swept and given, see line 13; keep one of them',
  ],
  [
    'filename=nvme0\nbs=${BS}',
    '13: bs: BS is not set in the environment; set it, or write ${BS:-default}',
  ],
  [
    'filename=nvme0\niodepth=$ncpus',
    '13: iodepth: $ncpus is of a machine, and is not known here; write the value',
  ],
  ['filename=nvme0\ninclude b.fio', '13: include: jobs/b.fio: no such file; check the name'],
  ['bs=4k', '11: filename: the job names no device; give filename=nvme0 or nvme1 or plain0'],
  [
    'filename=nvme2',
    '12: filename: no device is called nvme2 (did you mean nvme0?); declare [device nvme2]',
  ],
  [
    'filename=/dev/sda',
    '12: filename: /dev/sda is a real file or block device beside simulated devices; one file has either, so name one of nvme0, nvme1, plain0',
  ],
  [
    'filename=nvme0\nioengine=mmap',
    '13: ioengine: mmap is for real files, which simulated devices are not; give sim or psync',
  ],
  [
    'filename=nvme0\ncopy_api=ficlonerange',
    '13: copy_api: ficlonerange is a system call for real files; give bio-pair',
  ],
  [
    'filename=nvme0\ncpus_allowed=0-8',
    '13: cpus_allowed: the host has no CPU 8, its last is 7; give less, or more cpus=',
  ],
  [
    'filename=nvme0\nbs=1000',
    '13: bs: 1000 is no multiple of the logical block of nvme0, 4k; round it',
  ],
  [
    'filename=nvme0\noffset=1000',
    '13: offset: 1000 is no multiple of the logical block of nvme0, 4k; round it',
  ],
  [
    'filename=nvme0\nsize=10000',
    '13: size: 10000 is no multiple of the logical block of nvme0, 4k; round it',
  ],
  [
    'filename=nvme0\noffset=1g',
    '13: offset: the region begins at 1g, and nvme0 ends at 1g; give less',
  ],
  [
    'filename=nvme0\nnumjobs=9\noffset_increment=128m\nsize=4k',
    '14: offset_increment: the last clone begins at 1g, and nvme0 ends at 1g; give less',
  ],
  [
    'filename=nvme0\noffset=512m\nsize=513m',
    '14: size: the region ends at 1025m, past the end of nvme0 at 1g; make it smaller or move it',
  ],
  ['filename=nvme0\nsize=4k\nbs=8k', '13: size: 4k holds no I/O of 8k; give at least that'],
  [
    'filename=nvme0\nio_size=4k\nbs=8k',
    '13: io_size: 4k is less than one I/O of 8k; give at least that',
  ],
  ['filename=nvme0\nsize=0', '13: size: 0 is too small; 1 is the least'],
  ['filename=nvme0\nloops=0', '13: loops: 0 is too small; 1 is the least'],
  ['filename=nvme0\nnumjobs=0', '13: numjobs: 0 is too small; 1 is the least'],
  [
    'filename=nvme0\nruntime=2sec',
    '13: runtime: "2sec" is not a time; write a number with ns, us, ms, s, m (minutes), h or d behind it',
  ],
  ['filename=nvme0\nruntime=0', '13: runtime: 0 is too small; 1ns is the least'],
  [
    'filename=nvme0\ntime_based',
    '13: time_based: the job would never end; give runtime= too, or remove time_based',
  ],
  ['filename=nvme0\nwait_for=a', '13: wait_for: a job cannot wait for itself; name one further up'],
  ['filename=nvme0\nwait_for=b', '13: wait_for: no job is called b'],
  ['filename=nvme0\nclock=wall', '13: clock: holds for the whole file; move it to [global]'],
  ['filename=nvme0\nrepeat=3', '13: repeat: holds for the whole file; move it to [global]'],
  ['filename=nvme0\nhost=h1', '13: host: no host is called h1; declare [host h1]'],
  [
    'filename=nvme0\nsweep_bs=',
    '13: sweep_bs: sweeps over no value; write the values with blanks between',
  ],
  ['filename=nvme0\nsweep_bs=4k 8k 4096', '13: sweep_bs: has the value 4k twice; remove one'],
  [
    'filename=nvme0\nsweep_bs=4k 4q',
    '13: sweep_bs: "4q" is not a size; write a whole number with k, m, g, t or p behind it, such as 4k',
  ],
  ['filename=nvme0\nsweep_repeat=1 2', '13: sweep_repeat: repetitions are no axis; write repeat=N'],
  [
    'filename=nvme0\nsweep_nvme0.mssrl=1 2',
    '13: sweep_nvme0.mssrl: sweeps a device for all jobs; move it to [global]',
  ],
])('%s', (options, sentence) => {
  expect(refusals(`${WORLD}[a]\n${options}\n`)).toEqual([`jobs/a.fio:${sentence}`]);
});

test.each<[string, string]>([
  [
    '',
    '11: dest_offset: a copy needs a destination; give dest_offset=, dest_offset_delta= or dest_filename=',
  ],
  [
    'dest_offset=512m\ndest_offset_delta=512m',
    '15: dest_offset_delta: says where the destination is, and dest_offset says it too; keep one of them',
  ],
  [
    'dest_offset=2g',
    '14: dest_offset: the destination begins at 2g, and nvme0 ends at 1g; give less',
  ],
  [
    'dest_offset=768m\nsize=512m',
    '14: dest_offset: the destination ends at 1280m, past the end of nvme0 at 1g; make it smaller or move it',
  ],
  [
    'dest_offset_delta=768m\nsize=512m',
    '14: dest_offset_delta: the destination ends at 1280m, past the end of nvme0 at 1g; make it smaller or move it',
  ],
  [
    'dest_offset=32m\nsize=64m',
    '14: dest_offset: destination at 32m and source at 0 overlap over 64m; move one, or give a smaller size',
  ],
  [
    'dest_offset=128m\nsize=32m\noffset_increment=64m\nnumjobs=4',
    '14: dest_offset: destination at 128m and source at 0 overlap over 32m (of some clones); move one, or give a smaller size',
  ],
  [
    'dest_offset=512m\nsize=64m\nnumjobs=2',
    '16: numjobs: 2 clones write 64m each, 0 apart: their destinations overlap; give offset_increment=64m or more, or numjobs=1',
  ],
  [
    'dest_offset=0\nsize=64m',
    '14: dest_offset: destination at 0 and source at 0 overlap over 64m; move one, or give a smaller size',
  ],
  [
    'dest_offset=0',
    '14: dest_offset: no room is left for one block of 4k; give size= and other offsets',
  ],
  [
    'dest_offset=1000\nsize=64m\noffset=512m',
    '14: dest_offset: 1000 is no multiple of the logical block of nvme0, 4k; round it',
  ],
  [
    'dest_offset_delta=67109864\nsize=64m',
    '14: dest_offset_delta: 67109864 is no multiple of the logical block of nvme0, 4k; round it',
  ],
  ['dest_offset=512m\nnum_range=0', '15: num_range: 0 is too small; 1 is the least'],
  ['dest_offset=512m\nnum_range=257', '15: num_range: 257 is too large; 256 is the most'],
  [
    'dest_offset=512m\nnum_range=256\nsize=512k',
    '16: size: 512k holds no I/O of 1m; give at least that',
  ],
  [
    'dest_filename=nvme1',
    '13: rw: offload from nvme0 to nvme1 needs a copy domain, and these devices share none; give path=emulation or path=read-write, or allow fallback=unsupported',
  ],
  [
    'dest_filename=nvme1\npath=offload',
    '15: path: offload from nvme0 to nvme1 needs a copy domain, and these devices share none; give path=emulation or path=read-write, or allow fallback=unsupported',
  ],
  [
    'dest_filename=nvme9\npath=emulation',
    '14: dest_filename: no device is called nvme9 (did you mean nvme0?); declare [device nvme9]',
  ],
  [
    'dest_offset=512m\nioengine=null\nverify=copy',
    '16: verify: the null engine moves no data, so nothing can be checked; write verify=none',
  ],
])('rw=copy %s', (options, sentence) => {
  const body = `[a]\nfilename=nvme0\nrw=copy\n${options}\n`;
  expect(refusals(WORLD + body)).toEqual([`jobs/a.fio:${sentence}`]);
});

test('offload on a device that cannot copy', () => {
  const body = '[a]\nfilename=plain0\nrw=copy\ndest_offset=512m\n';
  const what =
    'plain0 cannot copy: the largest copy its limits allow is 0 bytes; give path=emulation or path=read-write, or allow fallback=unsupported';
  expect(refusals(WORLD + body)).toEqual([at(13, `rw: ${what}`)]);
  expect(refusals(`${WORLD}${body}sweep_path=emulation offload\n`)).toEqual([
    at(15, `path: ${what} (at 1 of 2 points: a.path=offload)`),
  ]);
  for (const option of ['path=emulation', 'path=read-write', 'fallback=unsupported']) {
    expect(refusals(`${WORLD}${body}${option}\n`)).toEqual([]);
  }
});

test.each<[string, string]>([
  ['[]\nfilename=d\n', '1: []: the section has no name; write [NAME]'],
  ['[device]\ndriver=nvme\n', '1: [device]: the device has no name; write [device NAME]'],
  ['[host]\n', '1: [host]: the host has no name; write [host NAME]'],
  [
    '[device a b]\ndriver=nvme\n',
    '1: [device a b]: "a b" is no name for a device; use letters, digits, _ and -',
  ],
  ['bs=4k\n', '1: bs: stands before any section; put it below [global] or a [NAME]'],
  [
    '[globalfoo]\nfilename=d\n',
    '1: [globalfoo]: fio reads this as [global]; write [global], or give the job another name',
  ],
  ['[b\nfilename=d\n', '1: [b: the section header has no ]; write [NAME]'],
  [
    '[b] bs=4k\nfilename=d\n',
    '1: [b]: "bs=4k" stands behind the section header; move it to its own line',
  ],
  [
    '[device x]\n',
    '1: [device x]: says no driver; add driver= with one of null_blk, nvme, nvme-ns',
  ],
  [
    '[device x]\ndriver=nvm\n',
    '2: driver: "nvm" is not known; write one of null_blk, nvme, nvme-ns',
  ],
  [
    '[device x]\ndriver=nvme\nmsrl=1\n',
    '3: msrl: nvme has no such attribute (did you mean mssrl?)',
  ],
  [
    '[device x]\ndriver=null_blk\nsize=250\n',
    '3: size: "250" has no suffix, and configfs counts this in MiB; write 250m or 250k',
  ],
  ['[device x]\ndriver=nvme\nhost=h\n', '3: host: no host is called h; declare [host h]'],
  [
    '[device x]\ndriver=nvme\nsweep_mssrl=1 2\n',
    '3: sweep_mssrl: write sweep_x.mssrl= in [global]: a sweep is for all jobs',
  ],
  [
    '[device x]\ndriver=nvme-ns\ncontroller=y\n',
    '3: controller: no device with driver=nvme is called y; declare [device y]',
  ],
  [
    '[device x]\ndriver=nvme-ns\ncontroller=d\nhost=host0\n',
    '4: host: a namespace is where its controller is; give host= to [device d]',
  ],
  ['[global]\nclock=sun\n', '2: clock: "sun" is not known; write one of virtual, wall'],
  [
    '[global]\nclock=wall\n[global]\nclock=virtual\n',
    '4: clock: holds for the whole file and is given on line 2; keep one',
  ],
  [
    '[global]\nsweep_bs=4k 8k\n[global]\nsweep_bs=16k\n',
    '4: sweep_bs: is swept on line 2 already; sweep it in the job sections',
  ],
  [
    '[global]\nsweep_d.mssrl.x=1 2\n',
    '2: sweep_d.mssrl.x: nvme has no such attribute (did you mean mssrl?)',
  ],
  ['[global]\nsweep_e.mssrl=1 2\n', '2: sweep_e.mssrl: no device, host or link is called e'],
  [
    '[global]\nsweep_d.driver=nvme null_blk\n',
    '2: sweep_d.driver: a driver is no axis: declare a device for each and sweep filename',
  ],
  [
    '[global]\nsweep_d.size=1g 2g\n',
    '2: size: is both swept and given, see line 6; keep one of them',
  ],
  [
    '[global]\nsweep_randseed=0 1\nrepeat=10000\nsweep_number_ios=1 2 3 4 5 6\n',
    '3: sweep: 120000 runs are asked for, and 100000 are the most; sweep over fewer values',
  ],
])('%s', (head, sentence) => {
  const tail = '[device d]\ndriver=nvme\ndata=memory\nsize=1g\n[last]\nfilename=d\n';
  expect(refusals(head + tail)).toEqual([`jobs/a.fio:${sentence}`]);
});

test('a name that is taken', () => {
  const text = '[device d]\ndriver=nvme\n[d]\nfilename=d\n';
  expect(refusals(text)).toEqual([at(3, '[d]: the name is taken on line 1; choose another')]);
});

test('devices that keep their data in different ways', () => {
  const text = '[device d]\ndriver=nvme\n[device x]\ndriver=nvme\ndata=tags\n[a]\nfilename=d\n';
  const what =
    'data: x keeps data=tags and d data=file: content would not survive a copy between them; give both the same data=';
  expect(refusals(text)).toEqual([at(5, what)]);
  expect(refusals(text.replace('tags', 'memory'))).toEqual([]);
});

test('two devices with one backing file', () => {
  const text =
    '[device d]\ndriver=nvme\nbacking_file=x.img\n' +
    '[device e]\ndriver=null_blk\nbacking_file=./x.img\n[a]\nfilename=d\n';
  const what = 'backing_file: ./x.img is the backing file of d already; give e one of its own';
  expect(refusals(text)).toEqual([at(6, what)]);
  expect(refusals(text.replace('./x', 'y'))).toEqual([]);
});

test('lba_size=0 and hw_queue_depth=0 are refused where they stand', () => {
  const text =
    '[device d]\ndriver=nvme\nlba_size=0\n[device n]\ndriver=null_blk\nhw_queue_depth=0\n[a]\nfilename=d\n';
  const found = refusals(text);
  expect(found).toHaveLength(2);
  expect(found[0]).toMatch(/^jobs\/a\.fio:3: lba_size: .*give /);
  expect(found[1]).toMatch(/^jobs\/a\.fio:6: hw_queue_depth: .*give /);
});

test('verify=copy needs data', () => {
  const text =
    '[device d]\ndriver=nvme\ndata=none\n[a]\nfilename=d\nrw=copy\ndest_offset=1g\nverify=copy\n';
  expect(refusals(text)).toEqual([
    at(8, 'verify: d keeps no data (data=none), so nothing can be checked; write verify=none'),
  ]);
});

test('a file without a job', () => {
  const what = 'the file has no job; add a section [NAME] with the options of one';
  expect(refusals('')).toEqual([at(1, what)]);
  expect(refusals('[global]\nbs=4k')).toEqual([at(2, what)]);
});

test('waiting for a job that stands further down', () => {
  const body = '[a]\nfilename=nvme0\nwait_for=b\n[b]\nfilename=nvme0\n';
  expect(refusals(WORLD + body)).toEqual([
    at(13, 'wait_for: b stands further down; move it above a'),
  ]);
});

test('several hosts', () => {
  const text = '[host h1]\n[host h2]\n[device d]\ndriver=nvme\nhost=h1\n[a]\nfilename=d\nhost=h2\n';
  expect(refusals(text)).toEqual([
    at(8, 'host: the device is attached to h1; reaching it from h2 is not supported yet'),
  ]);
  expect(refusals('[host h1]\n[host h2]\n[device d]\ndriver=nvme\n[a]\nfilename=d\n')).toEqual([
    at(3, '[device d]: several hosts are declared; add host= with one of h1, h2'),
  ]);
});

test('all mistakes of a file at once, in the order of its lines', () => {
  const body = '[a]\nfilename=nvme0\niodept=4\nbs=4q\ntime_based\n[b]\nfilename=nvme0\noffset=1g\n';
  expect(refusals(`${WORLD}lba_sice=512\n${body}`).map((line) => line.split(':')[1])).toEqual([
    '11',
    '14',
    '15',
    '16',
    '19',
  ]);
});

test('nothing is said of what follows from a mistake', () => {
  const copy = '[a]\nfilename=nvme0\nrw=copy\n';
  expect(refusals(`${WORLD}${copy}dest_offset=4q\n`)).toHaveLength(1);
  expect(refusals(`${WORLD}${copy}dest_ofset=512m\n`)).toHaveLength(1);
  expect(refusals('[device d]\ndriver=nvme\nsize=4q\n[a]\nfilename=d\noffset=1t\n')).toHaveLength(
    1,
  );
});

test('--set and --section are named in their mistakes', () => {
  const body = `${WORLD}[a]\nfilename=nvme0\n`;
  expect(refusals(body, { set: ['bs=4q'] })).toEqual([
    '--set bs=4q: bs: "4q" is not a size; write a whole number with k, m, g, t or p behind it, such as 4k',
  ]);
  expect(
    refusals(body, { set: ['iodept=1', 'x.y=1', '=1', 'nvme0.msrl=1', 'nvme0.driver=nvme'] }),
  ).toEqual([
    '--set =1: names no option; write OPTION=VALUE',
    '--set iodept=1: iodept: no such option (did you mean iodepth?)',
    '--set x.y=1: y: no device, host or link is called x',
    '--set nvme0.msrl=1: msrl: nvme has no such attribute (did you mean mssrl?)',
    '--set nvme0.driver=nvme: driver: is chosen in the job file; change it there',
  ]);
  expect(refusals(body, { set: ['a.bs=4k'] })).toEqual([
    '--set a.bs=4k: bs: no device, host or link is called a; --set bs=VALUE sets it in every job',
  ]);
  expect(refusals(body, { set: ['nvme0.size.foo=2g'] })).toEqual([
    '--set nvme0.size.foo=2g: size.foo: nvme has no such attribute (did you mean size?)',
  ]);
  expect(refusals(body, { set: ['bs=4k', 'bs=8k'] })).toEqual([
    '--set bs=8k: bs: is set twice; keep one --set of it',
  ]);
  expect(refusals(body, { sections: ['b'] })).toEqual(['--section b: the file has no such job']);
  const waiting = `${body}[b]\nfilename=nvme0\nwait_for=a\n`;
  expect(refusals(waiting, { sections: ['b'] })).toEqual([
    at(15, 'wait_for: a is left out by --section; add --section a'),
  ]);
});
