import { missing } from './there-is-no-such-module.mjs';

export async function runTask() {
  return { ok: true, result: { rows: [], trace: missing } };
}
