/**
 * `buffer_pattern=` as fio reads it (lib/pattern.c, seen by running 3.33): parts in a row, each
 * "text", 0x and hex digits (first byte first), or a decimal 32-bit number, least byte first
 * without the zeroes at its end. `verify_pattern=` has %o beside, the offset of the I/O. Left out:
 * 'FILE'.
 */

import { quoted } from '../units/number.ts';
import { accepted, type Parsed, refused } from '../units/parsed.ts';
import type { PatternPlan } from './content-plan.ts';

/** fio's MAX_PATTERN_SIZE. */
const BYTES_MAX = 512;
/** Where the integers of 32 bits end. */
const INT_END = 0x80000000;
const PART = /"([^"]*)"|0x([0-9a-f]+)|(-?\d+)|(%o)/iy;
/** Of %o. */
const OFFSET_BYTES = 8;

/** One character (0 to 255) a byte. */
export function parseBufferPattern(text: string): Parsed<string> {
  const pattern = parsePattern(text);
  if (!pattern.ok) return pattern;
  const { bytes, offsetsAt } = pattern.value;
  return offsetsAt.length === 0
    ? accepted(bytes)
    : refused('%o is for verify_pattern; leave it out');
}

export function parsePattern(text: string): Parsed<PatternPlan> {
  let bytes = '';
  const offsetsAt: number[] = [];
  for (let at = 0; at < text.length; at = PART.lastIndex) {
    PART.lastIndex = at;
    const match = PART.exec(text);
    if (match === null) {
      const what = `${quoted(text)} is no pattern; write "text", 0x and hex digits, or a number`;
      return refused(what);
    }
    const [, quotedText, hex, decimal, offset] = match;
    if (quotedText !== undefined) bytes += Buffer.from(quotedText, 'utf8').toString('latin1');
    else if (hex !== undefined) bytes += fromHex(hex);
    else if (offset !== undefined) {
      offsetsAt.push(bytes.length);
      bytes += '\0'.repeat(OFFSET_BYTES);
    } else {
      const number = Number(decimal);
      if (number < -INT_END || number >= INT_END) {
        return refused(`${decimal} is no 32-bit number; write it as 0x and hex digits`);
      }
      bytes += fromNumber(number);
    }
  }
  if (bytes === '') return refused('is a pattern of no bytes; give one at least');
  if (bytes.length > BYTES_MAX) {
    return refused(`is ${bytes.length} bytes long, and ${BYTES_MAX} are the most`);
  }
  return accepted({ bytes, offsetsAt });
}

function fromHex(digits: string): string {
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return Buffer.from(even, 'hex').toString('latin1');
}

function fromNumber(number: number): string {
  const four = Buffer.alloc(4);
  four.writeUInt32LE(number >>> 0);
  return four.toString('latin1').replace(/(?<=.)\0+$/s, '');
}
