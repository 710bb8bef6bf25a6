/** fio's options of which blocks are touched, and in which order: those not followed. */

import { ignoredOptions, refusedOptions } from './fio-option.ts';
import type { JobOption } from './job-option.ts';

const category = 'pattern of fio';

const OTHERWISE = 'would draw offsets otherwise than rw says; remove it';

const order = refusedOptions(category, OTHERWISE, [
  {
    name: 'percentage_sequential',
    type: 'string',
    why: 'is a mistake in fio too, where it was given up; write percentage_random there',
    help: 'Given up in fio.',
  },
  {
    name: 'rw_sequencer',
    type: 'choice',
    choices: ['sequential', 'identical'],
    harmless: ['sequential'],
    why: 'would touch one offset several times before it goes on; remove it',
    help: 'What the number behind rw= does to offsets.',
  },
  {
    name: 'randrepeat',
    aliases: ['allrandrepeat'],
    type: 'bool',
    harmless: ['1'],
    why: 'would draw other offsets each time, and a run is to be repeated; sweep randseed',
    help: 'Same random offsets in each run.',
  },
  {
    name: 'rwmixcycle',
    type: 'string',
    why: 'is a mistake in fio too, where it was given up; remove it',
    help: 'Given up in fio.',
  },
  {
    name: 'sprandom',
    type: 'bool',
    harmless: ['0'],
    why: 'would write in the order that preconditions a flash drive at once; write the device twice',
    help: 'Preconditions a drive as random overwrites would leave it.',
  },
]);

const generators = ignoredOptions(
  category,
  'coffer has one generator, whose orders are not those of fio; norandommap and ' +
    'random_distribution say whether blocks repeat, and no generator does',
  [
    {
      name: 'random_generator',
      type: 'choice',
      choices: ['tausworthe', 'lfsr', 'tausworthe64'],
      help: 'Random generator of offsets.',
    },
    {
      name: 'softrandommap',
      type: 'bool',
      why: 'the map of touched blocks never fails to be made',
      help: 'Goes on without a map of touched blocks where memory lacks.',
    },
    { name: 'spr_num_regions', type: 'int', why: 'sprandom is not done', help: 'Its regions.' },
    { name: 'spr_op', type: 'float', why: 'sprandom is not done', help: 'Its spare room.' },
    { name: 'spr_cs', type: 'bytes', why: 'sprandom is not done', help: 'Its cache size.' },
  ],
);

const zones = refusedOptions(category, 'would work zone by zone, and coffer knows no zones', [
  {
    name: 'zonemode',
    type: 'choice',
    choices: ['none', 'strided', 'zbd'],
    harmless: ['none'],
    why: 'would work zone by zone, and coffer knows no zones; write zonemode=none',
    help: 'Strided zones, or the zones of a zoned block device.',
  },
  { name: 'zonesize', type: 'bytes', harmless: ['0'], help: 'Length of a zone.' },
  { name: 'zonecapacity', type: 'bytes', harmless: ['0'], help: 'Usable length of a zone.' },
  { name: 'zonerange', type: 'bytes', harmless: ['0'], help: 'Distance of zones.' },
  {
    name: 'zoneskip',
    type: 'string',
    harmless: ['0'],
    help: 'Bytes, or with z zones, that are left out between two zones.',
  },
]);

const zoned = ignoredOptions(category, 'it is for zoned block devices, and zonemode is not done', [
  { name: 'read_beyond_wp', type: 'bool', help: 'Reads behind the write pointer.' },
  { name: 'max_open_zones', type: 'int', min: 0, max: 4096, help: 'Zones open at once.' },
  { name: 'job_max_open_zones', type: 'int', min: 0, max: 4096, help: 'The same, of a job.' },
  { name: 'ignore_zone_limits', type: 'bool', help: 'Opens more zones than the device allows.' },
  {
    name: 'zone_reset_threshold',
    type: 'float',
    min: 0,
    max: 1,
    help: 'Written share to reset at.',
  },
  {
    name: 'zone_reset_frequency',
    type: 'float',
    min: 0,
    max: 1,
    help: 'Share of writes that reset.',
  },
  { name: 'recover_zbd_write_error', type: 'bool', help: 'Goes on after a failed zone write.' },
  {
    name: 'write_zone_remainder',
    type: 'bool',
    help: 'Writes the rest of a zone that holds no bs.',
  },
]);

export const fioPatternOptions: readonly JobOption[] = [
  ...order,
  ...generators,
  ...zones,
  ...zoned,
];
