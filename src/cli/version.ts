import { readFileSync } from 'node:fs';
import { assert } from '../units/assert.ts';

/** Of this coffer, as package.json has it. */
export function toolVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const facts: unknown = JSON.parse(text);
  assert(
    typeof facts === 'object' && facts !== null && 'version' in facts,
    'a package has a version',
  );
  return String(facts.version);
}
