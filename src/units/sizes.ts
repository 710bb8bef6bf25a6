/**
 * How large the I/Os of one direction are: all of one size (bs), of any size in a range (bsrange),
 * or of several sizes with a share each (bssplit).
 */

import { canonicalBytes } from './bytes.ts';
import type { Bytes } from './quantity.ts';

export interface SizeShare {
  readonly bytes: Bytes;
  readonly percent: number;
}

export type Sizes =
  | { readonly kind: 'fixed'; readonly bytes: Bytes }
  | {
      readonly kind: 'range';
      readonly lowBytes: Bytes;
      readonly highBytes: Bytes;
      /** Any size; else multiples of the smallest, and the largest itself. */
      readonly unaligned: boolean;
    }
  /** Smallest first, each size once, 100 % together. */
  | { readonly kind: 'shares'; readonly shares: readonly SizeShare[] };

export function smallestOf(sizes: Sizes): Bytes {
  switch (sizes.kind) {
    case 'fixed':
      return sizes.bytes;
    case 'range':
      return sizes.lowBytes;
    case 'shares':
      return Math.min(...sizes.shares.map(({ bytes }) => bytes));
  }
}

export function largestOf(sizes: Sizes): Bytes {
  switch (sizes.kind) {
    case 'fixed':
      return sizes.bytes;
    case 'range':
      return sizes.highBytes;
    case 'shares':
      return Math.max(...sizes.shares.map(({ bytes }) => bytes));
  }
}

/** Of sizes as workload/sizes.ts draws them. */
export function meanOf(sizes: Sizes): Bytes {
  switch (sizes.kind) {
    case 'fixed':
      return sizes.bytes;
    case 'range':
      return meanOfRange(sizes);
    case 'shares':
      return sizes.shares.reduce((sum, { bytes, percent }) => sum + (bytes * percent) / 100, 0);
  }
}

function meanOfRange({ lowBytes: low, highBytes: high, unaligned }: RangeOfSizes): Bytes {
  if (unaligned) return low + (high * high - low * low) / (2 * high);
  const multiples = Math.floor(high / low);
  const rest = high / low - multiples;
  return ((low * multiples * (multiples + 1)) / 2 + rest * high) / (multiples + rest);
}

type RangeOfSizes = Extract<Sizes, { readonly kind: 'range' }>;

/** As a job file would say it: `4k`, `4k-64k`, `4k/50:64k/50`. */
export function canonicalSizes(sizes: Sizes): string {
  switch (sizes.kind) {
    case 'fixed':
      return canonicalBytes(sizes.bytes);
    case 'range':
      return `${canonicalBytes(sizes.lowBytes)}-${canonicalBytes(sizes.highBytes)}`;
    case 'shares':
      return sizes.shares
        .map(({ bytes, percent }) => `${canonicalBytes(bytes)}/${percent}`)
        .join(':');
  }
}
