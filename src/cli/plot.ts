/** `coffer plot FILE.csv… --output FIG`: a figure of what was measured. */

import { chartOf } from '../plot/figure.ts';
import { layOut } from '../plot/layout.ts';
import { figurePage } from '../plot/page.ts';
import { renderPng } from '../plot/png.ts';
import type { FigureRequest, ThemeName } from '../plot/request.ts';
import { EXIT } from './exit-code.ts';
import { figureSuffix, writeFigure } from './figure-file.ts';
import { readPlotRows } from './plot-rows.ts';
import { UsageError } from './usage-error.ts';

export interface PlotFlags extends FigureRequest {
  readonly output?: string;
  readonly theme: ThemeName;
  readonly width: number;
  readonly height?: number;
  /** The Vega-Lite specification to stdout. */
  readonly spec?: boolean;
}

const SUFFIXES = ['.svg', '.html', '.png'];

export async function plot(files: readonly string[], flags: PlotFlags): Promise<number> {
  const { output, theme, width, height } = flags;
  if (output === undefined && flags.spec !== true) {
    throw new UsageError('plot: give --output FIG.svg, .html or .png, or --spec');
  }
  const suffix = output === undefined ? null : figureSuffix(output, SUFFIXES);
  const drawn = chartOf(readPlotRows(files), flags);
  if (!drawn.ok) throw new UsageError(drawn.problems.join('\n'));
  const { chart } = drawn;
  const size = height === undefined ? { width } : { width, height };
  const figure = await layOut(chart, size, theme);
  if (flags.spec === true) process.stdout.write(`${JSON.stringify(figure.spec, null, 2)}\n`);
  if (output !== undefined && suffix !== null) {
    if (suffix === '.png') writeFigure(output, await renderPng(figure.svg));
    else if (suffix === '.svg') writeFigure(output, figure.svg);
    else writeFigure(output, await figurePage(figure, chart.title, theme));
    if (flags.spec !== true) process.stdout.write(`${output}\n`);
  }
  for (const note of chart.notes) process.stderr.write(`${note}\n`);
  return EXIT.good;
}
