/** The attributes of a `[host]` as its model takes them: base units, numbers only. */

import { assert } from '../units/assert.ts';
import type { AttributeValues } from '../units/option.ts';
import { SECOND_NS } from '../units/quantity.ts';
import type { HostCosts } from './host.ts';

export function hostCosts(attributes: AttributeValues): HostCosts {
  const number = (name: string): number => {
    const value = attributes[name];
    assert(typeof value === 'number', `host: ${name} is a number`);
    return value;
  };
  return {
    cpus: number('cpus'),
    syscallNs: number('syscall'),
    applicationNs: number('application'),
    bioNs: number('bio'),
    requestNs: number('request'),
    interruptNs: number('interrupt'),
    completionNs: number('completion'),
    contextSwitchNs: number('context_switch'),
    memoryBytesPerNs: number('memory_bandwidth') / SECOND_NS,
  };
}
