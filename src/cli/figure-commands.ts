/** The commands that draw. Vega and what else they need is loaded when they are called. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { collected } from './command-options.ts';
import { KINDS, THEMES } from '../plot/request.ts';
import type { PlotFlags } from './plot.ts';
import type { ReportFlags } from './report.ts';

/** At 800 pixels a figure is readable in a page and on a slide. */
const WIDTH = 800;

export function addFigures(program: Command, end: (exitCode: number) => void): void {
  program
    .command('plot')
    .description('draw records: what was swept becomes x, series and panels')
    .argument('<file.csv...>', 'records')
    .option('--output <file>', 'FIG.svg, FIG.html (tooltips, offline) or FIG.png')
    .addOption(new Option('--kind <kind>', 'of figure (default: by the data)').choices(KINDS))
    .option('--x <column>', 'along x: a swept option, or a column of what was asked')
    .option('--y <column>', 'what is drawn: a measured column (repeatable, of one unit)', collected)
    .option('--series <column>', 'a line or bar each (default: path)')
    .option('--facet <column>', 'a panel each (default: all else that varies)')
    .option('--where <column=value>', 'only these rows (repeatable)', collected)
    .option('--title <text>', 'above the figure')
    .addOption(themeOption())
    .option('--width <pixels>', 'of the figure', pixels, WIDTH)
    .option('--height <pixels>', 'of the figure (default: what the panels need)', pixels)
    .option('--spec', 'print the Vega-Lite specification')
    .action(async (files: string[], flags: PlotFlags) => {
      end(await (await import('./plot.ts')).plot(files, flags));
    });
  program
    .command('report')
    .description('one page that tells which path won where, what it saved, and why it lost')
    .argument('<file.csv...>', 'records; the JSON beside each tells of its machine and job file')
    .requiredOption('--output <file.html>', 'where the page goes')
    .action(async (files: string[], flags: ReportFlags) => {
      end(await (await import('./report.ts')).report(files, flags));
    });
}

function themeOption(): Option {
  return new Option('--theme <theme>', 'for a page that is').choices(THEMES).default('light');
}

function pixels(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 200 && number <= 10_000) return number;
  throw new InvalidArgumentError('give a whole number of pixels, 200 to 10000.');
}
