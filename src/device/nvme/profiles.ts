/**
 * `profile=` of driver=nvme. Marks: [S] read in the named source, [M] assumed. No drive's copy
 * figures are public: all copy limits and copy times are assumed in every profile (the limits are
 * QEMU's defaults), and the shipped jobs sweep them.
 */

import type { Profile } from '../../units/option.ts';

/** The default: round figures of no real drive. */
export const EXAMPLE = {
  mssrl: '128',
  mcl: '128',
  msrc: '127',
  channels: '8',
  dies: '4',
  page_size: '16k',
  read_latency: '50us',
  program_latency: '600us',
  program_unit: '64k',
  channel_bandwidth: '1.2gB',
  pcie_bandwidth: '7gB',
  pcie_latency: '500ns',
  command_time: '500ns',
  firmware_read_latency: '5us',
  write_cache: '64m',
  write_cache_latency: '5us',
  copy_bandwidth: '4gB',
  copy_setup: '5us',
  clone_time: '2us',
  deallocate_time: '10us',
} as const;

export const profiles: Readonly<Record<string, Profile>> = {
  example: { source: 'Round figures of no real drive: all assumed [M].', values: EXAMPLE },

  'nvme-gen3': {
    source:
      "nvmevirt's configuration of a Samsung 970 Pro (MLC) [S]: channels, dies, page_size, " +
      'read_latency, program_latency, channel_bandwidth, pcie_bandwidth, firmware_read_latency, ' +
      'write_cache_latency; the rest, and all that concerns copies, is assumed [M].',
    values: {
      ...EXAMPLE,
      channels: '8', // [S]
      dies: '2', // [S]
      page_size: '32k', // [S]
      read_latency: '36us', // [S] tR of 4 KiB
      program_latency: '185us', // [S]
      program_unit: '32k', // [M] one page at a time
      channel_bandwidth: '0.8gB', // [S]
      pcie_bandwidth: '3.36gB', // [S]
      pcie_latency: '500ns', // [M]
      command_time: '2us', // [M] 500 k commands a second
      firmware_read_latency: '21500ns', // [S]
      write_cache: '64m', // [M]
      write_cache_latency: '4us', // [S] the 0.46 us per 4 KiB beside it are left out
      copy_bandwidth: '1.5gB', // [M]
    },
  },

  'nvme-gen4': {
    source:
      'Reviews of the Samsung PM9A3 U.2 [S]: 6.5 and 3.5 GB/s, 900 k random reads a second, ' +
      'which command_time and the product of dies, program_unit and program_latency are set to ' +
      'reach; ' +
      'each value by itself, and all that concerns copies, is assumed [M].',
    values: {
      ...EXAMPLE,
      channels: '16', // [M]
      dies: '8', // [M]
      page_size: '16k', // [M]
      read_latency: '60us', // [M]
      program_latency: '1750us', // [M] 128 dies x 48 KiB / 1750 us = 3.6 GB/s
      program_unit: '48k', // [M] three pages of TLC
      channel_bandwidth: '1.2gB', // [M]
      pcie_bandwidth: '6.8gB', // [M]
      pcie_latency: '500ns', // [M]
      command_time: '1100ns', // [S] 900 k commands a second
      firmware_read_latency: '10us', // [M]
      write_cache: '256m', // [M]
      write_cache_latency: '10us', // [M]
      copy_bandwidth: '3gB', // [M]
    },
  },

  'nvme-gen5': {
    source:
      'The middle of what the field quotes for PCIe 5.0 enterprise drives (14 and 6.5 GB/s, ' +
      '2.5 M random reads a second): no source was read, every value is assumed [M].',
    values: {
      ...EXAMPLE,
      channels: '16', // [M]
      dies: '16', // [M]
      page_size: '16k', // [M]
      read_latency: '45us', // [M]
      program_latency: '1900us', // [M] 256 dies x 48 KiB / 1900 us = 6.6 GB/s
      program_unit: '48k', // [M]
      channel_bandwidth: '2gB', // [M]
      pcie_bandwidth: '13.8gB', // [M]
      pcie_latency: '400ns', // [M]
      command_time: '400ns', // [M] 2.5 M commands a second
      firmware_read_latency: '8us', // [M]
      write_cache: '512m', // [M]
      write_cache_latency: '6us', // [M]
      copy_bandwidth: '6gB', // [M]
    },
  },
};
