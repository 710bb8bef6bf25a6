/**
 * The directory of one device under /sys/kernel/config/nullb, as text in and text out:
 * nullb_device_*_show and _store of drivers/block/null_blk/main.c. It exists to hold the model
 * against recorded answers; what it accepts and refuses at power on comes from rules.ts, as for a
 * job file.
 *
 * Left out: the zone attributes, a change of the queue counts of a live device (it is stored and
 * read back, the queues stay), the messages in the kernel's log.
 */

import { assert, present } from '../../units/assert.ts';
import type { AttributeValue } from '../../units/option.ts';
import { MIB } from '../../units/quantity.ts';
import { BadBlocks } from './badblocks.ts';
import { type NullBlkConfig, readConfig } from './config.ts';
import { type KernelAttribute, kernelAttributes } from './kernel-attributes.ts';
import { adjust, kernelRefusals } from './rules.ts';

export type Errno = 'EBUSY' | 'EINVAL' | 'EIO' | 'ENOENT' | 'ERANGE';

export type ReadAnswer =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly errno: Errno };

type Parsed = number | 'EINVAL' | 'ERANGE';

/** One past the largest unsigned int and unsigned long. */
const UINT_END = 4_294_967_296;
const ULONG_END = UINT_END * UINT_END;
/** SIMPLE_ATTR_SIZE: configfs hands out a page at most. */
const TEXT_MAX = 4096;
/** The module's own poll_queues. */
const POLL_QUEUES_MAX = 1;

const attributesByName: ReadonlyMap<string, KernelAttribute> = new Map(
  kernelAttributes.map((attribute) => [attribute.name, attribute]),
);

export class ConfigfsDirectory {
  /** In use by the device while it is powered on. */
  readonly badblocks = new BadBlocks();
  private readonly values = new Map(kernelAttributes.map(({ name, initial }) => [name, initial]));
  private readonly cpus: number;
  private current: NullBlkConfig | null = null;

  constructor(cpus: number) {
    this.cpus = cpus;
  }

  /** What the device runs with, or null while it is powered off. */
  get config(): NullBlkConfig | null {
    return this.current;
  }

  /** Names in the order of the directory's `features` file. */
  get names(): readonly string[] {
    return [...this.values.keys(), 'badblocks'].sort();
  }

  read(name: string): ReadAnswer {
    if (name === 'badblocks') return this.readBadblocks();
    const value = this.values.get(name);
    return value === undefined ? { ok: false, errno: 'ENOENT' } : { ok: true, text: String(value) };
  }

  /** null when the write is taken. */
  write(name: string, text: string): Errno | null {
    if (name === 'badblocks') return this.badblocks.change(text) ? null : 'EINVAL';
    const attribute = attributesByName.get(name);
    if (attribute === undefined) return 'ENOENT';
    const value = attribute.type === 'bool' ? parseBool(text) : parseNumber(text, attribute.type);
    if (typeof value !== 'number') return value;
    if (name === 'power') return this.power(value === 1);
    if (this.current !== null && attribute.live !== true) return 'EBUSY';
    if (name === 'submit_queues' && (value === 0 || value > this.cpus)) return 'EINVAL';
    if (name === 'poll_queues' && value > POLL_QUEUES_MAX) return 'EINVAL';
    this.values.set(name, value);
    return null;
  }

  private power(on: boolean): Errno | null {
    if (!on) this.current = null;
    else if (this.current === null) {
      const asked = this.asked();
      if (kernelRefusals(asked).length > 0) return 'EINVAL';
      this.current = adjust(asked).config;
      this.writeBack(this.current);
    }
    this.values.set('power', on ? 1 : 0);
    return null;
  }

  private asked(): NullBlkConfig {
    const values: Record<string, AttributeValue> = {};
    for (const { name, type, countsMib } of kernelAttributes) {
      const value = this.value(name);
      if (type === 'bool') values[name] = value === 1;
      else values[name] = countsMib === true ? value * MIB : value;
    }
    values['data'] = this.value('memory_backed') === 1 ? 'memory' : 'none';
    return readConfig(values);
  }

  /** What the kernel changed can be read back. */
  private writeBack(config: NullBlkConfig): void {
    this.values.set('queue_mode', config.queueMode);
    this.values.set('submit_queues', config.submitQueues);
    this.values.set('irqmode', config.irqMode);
    this.values.set('mbps', config.mbps);
    this.values.set('cache_size', config.cacheBytes / MIB);
    this.values.set('blocking', config.blocking ? 1 : 0);
    this.values.set('discard', config.discard ? 1 : 0);
  }

  private value(name: string): number {
    return present(this.values.get(name), `null_blk has ${name}`);
  }

  /** badblocks_show fills one page; a line that does not fit makes the read fail. */
  private readBadblocks(): ReadAnswer {
    let text = '';
    for (const { sector, lengthSectors } of this.badblocks.entries) {
      text += `${sector} ${lengthSectors}\n`;
      if (text.length > TEXT_MAX) return { ok: false, errno: 'EIO' };
    }
    return { ok: true, text: text.trimEnd() };
  }
}

/** kstrtouint and kstrtoul with base 0: decimal, 0x hexadecimal, 0 octal; no sign but +. */
function parseNumber(text: string, type: 'uint' | 'ulong'): Parsed {
  const match = /^\+?(?:0x([0-9a-f]+)|0([0-7]+)|(0|[1-9][0-9]*))\n?$/i.exec(text);
  if (match === null) return 'EINVAL';
  const [, hexadecimal, octal, decimal] = match;
  const value = hexadecimal
    ? Number.parseInt(hexadecimal, 16)
    : octal
      ? Number.parseInt(octal, 8)
      : Number(decimal);
  assert(!Number.isNaN(value), 'the digits were checked');
  return value >= (type === 'uint' ? UINT_END : ULONG_END) ? 'ERANGE' : value;
}

/** kstrtobool looks at the first character, and for on and off at the second. */
function parseBool(text: string): Parsed {
  if (/^(?:[yt1]|on)/i.test(text)) return 1;
  return /^(?:[nf0]|of)/i.test(text) ? 0 : 'EINVAL';
}
