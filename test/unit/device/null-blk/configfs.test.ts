import { expect, test } from 'vitest';
import { ConfigfsDirectory } from '../../../../src/device/null-blk/configfs.ts';

const CPUS = 4;

function textOf(device: ConfigfsDirectory, name: string): string {
  const answer = device.read(name);
  return answer.ok ? answer.text : answer.errno;
}

test.each([
  ['mbps', '0x10', '16'],
  ['mbps', '010', '8'],
  ['mbps', '+7\n', '7'],
  ['discard', 'yes', '1'],
  ['discard', 'on', '1'],
  ['fua', 'off', '0'],
  ['fua', 'N', '0'],
])('%s takes %j as %s', (name, text, expected) => {
  const device = new ConfigfsDirectory(CPUS);
  expect(device.write(name, text)).toBeNull();
  expect(textOf(device, name)).toBe(expected);
});

test.each([
  ['mbps', '', 'EINVAL'],
  ['mbps', '08', 'EINVAL'],
  ['mbps', '1k', 'EINVAL'],
  ['mbps', '-1', 'EINVAL'],
  ['mbps', '4294967296', 'ERANGE'],
  ['completion_nsec', '18446744073709551616', 'ERANGE'],
  ['discard', '2', 'EINVAL'],
  ['discard', 'o', 'EINVAL'],
  ['submit_queues', '0', 'EINVAL'],
  ['submit_queues', '5', 'EINVAL'],
  ['poll_queues', '2', 'EINVAL'],
  ['sizes', '1', 'ENOENT'],
])('%s refuses %j with %s', (name, text, errno) => {
  const device = new ConfigfsDirectory(CPUS);
  const before = textOf(device, name);
  expect(device.write(name, text)).toBe(errno);
  expect(textOf(device, name)).toBe(before);
});

test('what power on changes can be read back, and powering off lets attributes be written', () => {
  const device = new ConfigfsDirectory(CPUS);
  for (const [name, text] of [
    ['queue_mode', '0'],
    ['mbps', '99999'],
    ['irqmode', '7'],
    ['cache_size', '4'],
    ['discard', '1'],
    ['submit_queues', '4'],
    ['use_per_node_hctx', '1'],
  ] as const) {
    expect(device.write(name, text)).toBeNull();
  }
  expect(device.write('power', '1')).toBeNull();
  const names = ['queue_mode', 'mbps', 'irqmode', 'cache_size', 'discard', 'submit_queues'];
  expect(names.map((name) => textOf(device, name))).toEqual(['2', '40960', '2', '0', '0', '1']);
  expect(device.config).toMatchObject({ data: 'none', memoryBacked: false, submitQueues: 1 });
  expect(device.write('mbps', '1')).toBe('EBUSY');
  expect(device.write('mbps', 'x')).toBe('EINVAL');
  expect(device.write('power', '0')).toBeNull();
  expect(device.config).toBeNull();
  expect(device.write('mbps', '1')).toBeNull();
});

test('memory_backed makes the device blocking', () => {
  const device = new ConfigfsDirectory(CPUS);
  device.write('memory_backed', '1');
  device.write('power', '1');
  expect(textOf(device, 'blocking')).toBe('1');
});
