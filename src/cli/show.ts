/** `coffer show FILE.csv`: the table of an earlier run. */

import { readFileSync } from 'node:fs';
import { readRecord } from '../record/read.ts';
import { renderTable } from '../record/table.ts';
import { EXIT } from './exit-code.ts';
import { whyUnreadable } from './load-files.ts';
import { type ColourChoice, wantsColour, widthOf } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export interface ShowFlags {
  /** The rows `background:DEVICE` too. */
  readonly all?: boolean;
  readonly width?: number;
  readonly color?: ColourChoice;
}

export function show(file: string, flags: ShowFlags): number {
  const record = readRecord(readText(file), file, { partial: file.endsWith('.partial') });
  if (!record.ok) {
    for (const problem of record.problems) process.stderr.write(`${problem}\n`);
    return EXIT.usage;
  }
  const widthColumns = flags.width ?? widthOf(process.stdout);
  const colour = wantsColour(process.stdout, process.env, flags.color);
  const all = flags.all === true;
  process.stdout.write(renderTable(record.rows, { widthColumns, colour, all }));
  return EXIT.good;
}

/** Throws UsageError. */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file}: cannot be read: ${whyUnreadable(error)}`);
  }
}
