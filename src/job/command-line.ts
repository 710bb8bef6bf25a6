/**
 * `--set NAME=VALUE`: options and attributes from the command line, in place of what the file
 * gives.
 */

import type { Diagnostics, Place } from './diagnostics.ts';

export interface Setting {
  readonly place: Place;
  /** null: an option of every job; else the device, host or link whose attribute it is. */
  readonly declaration: string | null;
  /** May begin with `sweep_`. */
  readonly name: string;
  readonly text: string | null;
}

export function parseSettings(set: readonly string[], diagnostics: Diagnostics): Setting[] {
  const settings: Setting[] = [];
  const seen = new Set<string>();
  for (const argument of set) {
    const place = { file: `--set ${argument}`, line: 0 };
    const equals = argument.indexOf('=');
    const full = (equals === -1 ? argument : argument.slice(0, equals)).trim();
    const text = equals === -1 ? null : argument.slice(equals + 1).trim();
    const swept = full.startsWith('sweep_') ? 'sweep_' : '';
    const [first, attribute] = splitAtDot(full.slice(swept.length));
    const target = `${first}.${attribute ?? ''}`;
    if (full === '') diagnostics.error(place, '', 'names no option; write OPTION=VALUE');
    else if (seen.has(target)) diagnostics.error(place, full, 'is set twice; keep one --set of it');
    else if (attribute === null) {
      settings.push({ place, declaration: null, name: full, text });
    } else {
      settings.push({ place, declaration: first, name: swept + attribute, text });
    }
    seen.add(target);
  }
  return settings;
}

/** `DEVICE.attribute`; null: no dot. A name has none, so all behind the first is the attribute. */
export function splitAtDot(text: string): readonly [name: string, attribute: string | null] {
  const dot = text.indexOf('.');
  return dot === -1 ? [text, null] : [text.slice(0, dot), text.slice(dot + 1)];
}
