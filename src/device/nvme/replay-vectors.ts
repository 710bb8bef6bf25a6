/** Reads recorded NVMe Copy commands: JSON lines, the header first (shared/vectors/README.md). */

import { assert } from '../../units/assert.ts';

/** What a case answered, or should. */
export interface Answer {
  readonly sct: number;
  readonly sc: number;
  readonly dnr: boolean;
  readonly dw0: number;
  /** Runs of [destination LBA, blocks, source nsid or "zero", source LBA or null]. */
  readonly changed: unknown;
}

export interface RecordedNamespace {
  readonly nsid: number;
  readonly blocks: number;
  readonly lbaBytes: number;
  readonly mssrl: number;
  readonly mcl: number;
  readonly msrc: number;
  readonly zoned: boolean;
  readonly protection: boolean;
}

export interface RecordedCase {
  readonly name: string;
  readonly nsid: number;
  readonly commandNsid: number;
  readonly format: number;
  /** Low and high word: a JSON number does not hold 64 bits. */
  readonly sdlba: readonly [number, number];
  /** CDW12 to CDW15. */
  readonly dwords: readonly [number, number, number, number];
  readonly data: Uint8Array;
  readonly dataBytes: number;
  readonly cdfe: boolean;
  readonly dulbe: boolean;
  /** [nsid, first LBA, blocks] */
  readonly deallocated: readonly (readonly [number, number, number])[];
  readonly answer: Answer;
}

export interface Vectors {
  readonly mdts: number;
  readonly namespaces: readonly RecordedNamespace[];
  readonly cases: readonly RecordedCase[];
}

type Fields = Readonly<Record<string, unknown>>;

export function parseVectors(lines: readonly string[]): Vectors {
  const header = fields(JSON.parse(lines[0] ?? '{}'));
  assert(header['vectors'] === 'nvme-copy', 'the first line is the header of nvme-copy vectors');
  const namespaces = Object.values(fields(header['namespaces'])).map((value) => {
    const namespace = fields(value);
    return {
      nsid: number(namespace, 'nsid'),
      blocks: number(namespace, 'nsze'),
      lbaBytes: number(namespace, 'lba'),
      mssrl: number(namespace, 'mssrl'),
      mcl: number(namespace, 'mcl'),
      msrc: number(namespace, 'msrc'),
      zoned: namespace['zoned'] !== 'none',
      protection: number(namespace, 'dps') !== 0,
    };
  });
  const cases = lines.slice(1).filter((line) => line.trim() !== '');
  return { mdts: number(fields(header['ctrl']), 'mdts'), namespaces, cases: cases.map(parseCase) };
}

function parseCase(line: string): RecordedCase {
  const recorded = fields(JSON.parse(line));
  const setup = fields(recorded['setup']);
  const result = fields(recorded['result']);
  const name = recorded['name'];
  assert(typeof name === 'string', 'a case has a name');
  return {
    name,
    nsid: number(recorded, 'nsid'),
    commandNsid: number(recorded, 'cmd_nsid'),
    format: number(recorded, 'format'),
    sdlba: quadWords(line, 'sdlba'),
    dwords: [
      number(recorded, 'cdw12'),
      number(recorded, 'cdw13'),
      number(recorded, 'cdw14'),
      number(recorded, 'cdw15'),
    ],
    data: bytesOf(recorded['data_hex']),
    dataBytes: number(recorded, 'data_len'),
    cdfe: setup['cdfe'] === true,
    dulbe: setup['dulbe'] === true,
    deallocated: list(setup['deallocated'] ?? []).map(triple),
    answer: {
      sct: number(result, 'sct'),
      sc: number(result, 'sc'),
      dnr: result['dnr'] === true,
      dw0: number(result, 'dw0'),
      changed: recorded['changed'],
    },
  };
}

/** The 64-bit number of this name, from the text of the line. */
function quadWords(line: string, name: string): readonly [number, number] {
  const digits = new RegExp(`"${name}":(\\d+)`).exec(line)?.[1];
  assert(digits !== undefined, `a case has ${name}`);
  const value = BigInt(digits);
  return [Number(value & 0xffff_ffffn), Number(value >> 32n)];
}

function bytesOf(hex: unknown): Uint8Array {
  return typeof hex === 'string' ? Uint8Array.from(Buffer.from(hex, 'hex')) : new Uint8Array(0);
}

function triple(value: unknown): readonly [number, number, number] {
  const [nsid, lba, blocks] = list(value);
  assert(
    typeof nsid === 'number' && typeof lba === 'number' && typeof blocks === 'number',
    'deallocated: nsid, first LBA, blocks',
  );
  return [nsid, lba, blocks];
}

function list(value: unknown): readonly unknown[] {
  assert(Array.isArray(value), 'a list in the vectors');
  return value;
}

function fields(value: unknown): Fields {
  assert(typeof value === 'object' && value !== null, 'an object in the vectors');
  return Object.fromEntries(Object.entries(value));
}

function number(from: Fields, name: string): number {
  const value = from[name];
  assert(typeof value === 'number', `${name} is a number in the vectors`);
  return value;
}
