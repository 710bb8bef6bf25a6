import { expect, test } from 'vitest';
import { Host } from '../../../src/host/host.ts';
import { HostMemory } from '../../../src/host/memory.ts';
import { Simulation } from '../../../src/sim/simulation.ts';
import { FREE } from '../../support/fake-driver.ts';

test('has as many CPUs as it says, and counts round', () => {
  const memory = new HostMemory({ unitBytes: 512, contentBytes: 0 });
  const host = new Host('big', { ...FREE, cpus: 3 }, memory, new Simulation());
  expect(host.cpus).toHaveLength(3);
  expect(host.cpu(4)).toBe(host.cpus[1]);
});
