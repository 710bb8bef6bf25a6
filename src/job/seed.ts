/**
 * A job's seed depends on randseed and its name alone, so that every point meets the same offsets.
 */

import { createHash } from 'node:crypto';

export function jobSeed(randseed: number, job: string): number {
  const digest = createHash('sha256').update(`${randseed}\n${job}`).digest('hex');
  // 48 bits: a whole number that a double keeps.
  return Number.parseInt(digest.slice(0, 12), 16);
}
