/**
 * `[link NAME]`: a link between hosts, the thing copy offload spares. Devices that are reached over
 * one (`driver=nvmf`) come with the fabrics; until then a link is checked and named as unused.
 */

import type { AttributeTable } from '../units/option.ts';

export const linkAttributes: AttributeTable = {
  model: 'link',
  summary: 'bandwidth and latency between two hosts',
  options: [
    {
      name: 'bandwidth',
      type: 'rate',
      unit: 'bytes/s',
      default: '1gbit',
      min: 1,
      category: 'link',
      help: 'Line rate of each direction.',
    },
    {
      name: 'latency',
      type: 'time',
      unit: 'ns',
      default: '50us',
      min: 0,
      category: 'link',
      help: 'One way, from last bit sent to last bit received.',
    },
  ],
  refuse: () => [],
};
