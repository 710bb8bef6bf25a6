/**
 * Flavoured numbers: a plain number fits each of them, but a `Bytes` does not fit where `Sectors`
 * are asked for. Arithmetic gives a plain number again, so the flavour guards the interfaces, not
 * the sums.
 *
 * A sector is 512 B always, as in the kernel; a logical block is the namespace's own size.
 */
export type Bytes = number & { readonly unit?: 'bytes' };
export type Sectors = number & { readonly unit?: 'sectors' };
export type LogicalBlocks = number & { readonly unit?: 'logical blocks' };
export type Nanoseconds = number & { readonly unit?: 'ns' };
export type BytesPerNanosecond = number & { readonly unit?: 'bytes/ns' };

export const SECTOR_SHIFT = 9;
export const SECTOR_BYTES: Bytes = 512;
/** The page size of the simulated hosts (x86-64, as all figures in the references). */
export const PAGE_BYTES: Bytes = 4096;

export const KIB: Bytes = 1024;
export const MIB: Bytes = 1024 * 1024;
export const GIB: Bytes = 1024 * 1024 * 1024;

export const MICROSECOND_NS: Nanoseconds = 1_000;
export const MILLISECOND_NS: Nanoseconds = 1_000_000;
export const SECOND_NS: Nanoseconds = 1_000_000_000;
