/**
 * SETTINGS of `coffer ab`: `--a 'path=offload nvme0.mssrl=128'`, words as `--set` takes each.
 * Blanks part them, except between quotes: `sweep_bs="4k 64k"` is one word. Quotes are taken away;
 * nothing else is special.
 */

import { UsageError } from './usage-error.ts';

export type AbOption = '--a' | '--b';

/** None: as the job file says. Throws UsageError. */
export function settingsOf(option: AbOption, text: string): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (const character of text) {
    if (quote !== null) {
      if (character === quote) quote = null;
      else word = `${word ?? ''}${character}`;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else {
      word = `${word ?? ''}${character}`;
    }
  }
  if (quote !== null) {
    throw new UsageError(`${option} ${text}: a ${quote} is not closed; add one`);
  }
  if (word !== null) words.push(word);
  for (const setting of words) {
    if (/^(?:sweep_)?(?:repeat|clock)(?:=|$)/.test(setting)) refuseWorld(option, setting);
  }
  return words;
}

/** What holds for both sides alike, or there would be nothing to pair. */
function refuseWorld(option: AbOption, setting: string): never {
  const what = setting.includes('repeat')
    ? 'each block repeats the job file once; give --blocks N'
    : 'figures of two clocks are not of one kind; give --set clock=… for both sides';
  throw new UsageError(`${option} ${setting}: ${what}`);
}

/** The option that a setting is about, without `sweep_`: `path`, `nvme0.mssrl`. */
export function settingName(setting: string): string {
  return (setting.split('=')[0] ?? '').trim().replace(/^sweep_/, '');
}
