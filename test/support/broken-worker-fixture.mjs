import { missing } from './there-is-no-such-module.mjs';

export async function perform() {
  return { ok: true, result: { rows: [], trace: missing } };
}
