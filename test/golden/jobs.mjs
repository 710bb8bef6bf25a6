// The jobs whose figures are kept: each `NAME.fio` here with the `NAME.csv` that it gives, to the byte, and
// the shipped ones with results/baseline/.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const folder = new URL('.', import.meta.url).pathname;
export const shippedFolder = new URL('../../jobs/', import.meta.url).pathname;
export const baselineFolder = new URL('../../results/baseline/', import.meta.url).pathname;
export const main = new URL('../../dist/cli/main.js', import.meta.url).pathname;

/** Names without suffix, in order. */
export function goldenJobs() {
  return jobsIn(folder);
}

/** Shipped jobs whose figures are exact: those of simulated devices, in virtual time. */
export function shippedVirtualJobs() {
  return jobsIn(shippedFolder).filter((name) => {
    const text = readFileSync(join(shippedFolder, `${name}.fio`), 'utf8');
    return /^\[device /m.test(text) && !/^clock=wall$/m.test(text);
  });
}

function jobsIn(path) {
  return readdirSync(path)
    .filter((name) => name.endsWith('.fio'))
    .map((name) => name.slice(0, -'.fio'.length))
    .sort();
}
