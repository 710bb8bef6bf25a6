import { expect, test } from 'vitest';
import { job, refusals, WORLD } from './fixture.ts';

const machine = () => ({ cpus: 8, pageBytes: 4096, memoryBytes: 16 * 1024 ** 3 });
const set: Readonly<Record<string, string>> = {
  BS: '64k',
  EMPTY: '',
  NAME: 'iodepth',
  DEVICE: 'nvme0',
  LINES: 'a\nb',
};
const request = { machine, variable: (name: string) => set[name] };

function read(line: string) {
  return job(`[a]\nfilename=\${DEVICE}\n${line}\n`, request);
}

test.each([
  ['bs=${BS}', { bsBytes: { read: 65536 } }],
  ['bs=4k,${BS}', { bsBytes: { read: 4096, write: 65536 } }],
  ['${NAME}=8', { iodepth: 8 }],
  ['bs=${UNSET:-8k}', { bsBytes: { read: 8192 } }],
  ['bs=${EMPTY:-8k}', { bsBytes: { read: 8192 } }],
  ['bs=${BS:-8k}', { bsBytes: { read: 65536 } }],
  ['bs=${EMPTY}4k', { bsBytes: { read: 4096 } }],
  ['iodepth=$ncpus', { iodepth: 8 }],
  ['iodepth=2*$ncpus', { iodepth: 16 }],
  ['iodepth=(2*$ncpus+1)', { iodepth: 17 }],
  ['bs=$pagesize', { bsBytes: { read: 4096 } }],
  ['bs=8*$pagesize,$pagesize', { bsBytes: { read: 32768, write: 4096 } }],
  ['size=$mb_memory*16k', { sizeBytes: 16384 * 16384 }],
  ['sweep_iodepth=$ncpus (2*$ncpus)', { iodepth: 8 }],
])('%s', (line, expected) => {
  expect(read(line)).toMatchObject(expected);
});

test.each([
  ['bs=${UNSET}', 'bs: UNSET is not set in the environment; set it, or write ${UNSET:-default}'],
  ['bs=${BS', 'bs: ${BS is not closed; write ${NAME}'],
  ['bs=${}', 'bs: ${} names no variable; write ${NAME} or ${NAME:-default}'],
  ['bs=${B S}', 'bs: ${B S} names no variable; write ${NAME} or ${NAME:-default}'],
  [
    'description=${LINES}',
    'description: LINES holds a line break or another control character; set it anew',
  ],
  ['bs=$pagesize-1', 'bs: 4095 is no multiple of the logical block of nvme0, 4k; round it'],
])('%s is refused', (line, sentence) => {
  const found = refusals(`${WORLD}[a]\nfilename=nvme0\n${line}\n`, request);
  expect(found).toEqual([`jobs/a.fio:13: ${sentence}`]);
});

test('what a variable holds is not replaced again, and begins no comment', () => {
  const variable = (name: string) => (name === 'A' ? '${B} ; $ncpus' : 'never');
  expect(refusals(`${WORLD}[a]\nfilename=\${A}\n`, { variable, machine })).toEqual([
    expect.stringContaining('filename: no device is called ${B} ; 8'),
  ]);
});

test('a path with a keyword stays a path', () => {
  const found = refusals(`${WORLD}[a]\nfilename=x-$ncpus*2\n`, request);
  expect(found[0]).toContain('no device is called x-8*2');
});

test('a page size that the machine does not tell', () => {
  const silent = { machine: () => ({ ...machine(), pageBytes: null }) };
  expect(refusals(`${WORLD}[a]\nfilename=nvme0\nbs=$pagesize\niodepth=$ncpus\n`, silent)).toEqual([
    'jobs/a.fio:13: bs: $pagesize is of a machine, and is not known here; write the value',
  ]);
});
