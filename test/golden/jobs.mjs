// The golden jobs: each `NAME.fio` here with the `NAME.csv` that it gives, to the byte.

import { readdirSync } from 'node:fs';

export const folder = new URL('.', import.meta.url).pathname;
export const main = new URL('../../dist/cli/main.js', import.meta.url).pathname;

/** Names without suffix, in order. */
export function goldenJobs() {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.fio'))
    .map((name) => name.slice(0, -'.fio'.length))
    .sort();
}
