/**
 * The I/O that has just ended, for all that log it: in an array, because a double that is passed to
 * a function which is not inlined is allocated.
 */

/** Since measured time began, ns. */
export const ENDED_AT = 0;
export const LAT = 1;
export const SLAT = 2;
export const CLAT = 3;
export const BYTES = 4;

export const LOGGED_IO_WORDS = 5;
