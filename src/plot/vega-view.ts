/**
 * The one place that loads Vega: a specification to a Vega specification, and that to SVG. The same
 * specification gives the same bytes on every Node: coordinates are rounded, since logarithms
 * differ between versions in their last digits, and widths of text are reckoned.
 */

import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { assert } from '../units/assert.ts';
import { BOLD, textWidth } from './text-width.ts';

/** Vega-Lite's words to Vega's. */
export function compileSpec(spec: object): vega.Spec {
  assert(isTopLevel(spec), 'a specification names its schema');
  return compile(spec, { logger: new Mute() }).spec;
}

export async function renderSvg(spec: object): Promise<string> {
  reckonWidths();
  const runtime = vega.parse(compileSpec(spec));
  const view = new vega.View(runtime, { renderer: 'none', logger: new Mute() });
  try {
    return rounded(await view.toSVG());
  } finally {
    view.finalize();
  }
}

/** What is said of a specification is for us, in tests: a warning there is a mistake here. */
class Mute implements vega.LoggerInterface {
  level(_: number): this;
  level(): number;
  level(wanted?: number): this | number {
    return wanted === undefined ? 0 : this;
  }
  error(...what: readonly unknown[]): this {
    assert(false, `Vega: ${what.map(String).join(' ')}`);
    return this;
  }
  warn(...what: readonly unknown[]): this {
    assert(false, `Vega warns: ${what.map(String).join(' ')}`);
    return this;
  }
  info(): this {
    return this;
  }
  debug(): this {
    return this;
  }
}

function isTopLevel(spec: object): spec is TopLevelSpec {
  return '$schema' in spec;
}

/** Vega reads widths from a table wherever it lays out text; its types do not know of it. */
function reckonWidths(): void {
  const metrics: unknown = 'textMetrics' in vega ? vega.textMetrics : null;
  assert(hasWidth(metrics), 'Vega has its table of text metrics');
  metrics.width = ({ fontSize = 11, fontWeight = 'normal' }, text) => {
    const bold = /^(?:bold|[6-9]00)$/.test(String(fontWeight)) ? BOLD : 1;
    return textWidth(String(text ?? ''), fontSize) * bold;
  };
}

interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
}

interface TextMetrics {
  width: (item: TextItem, text: string | number | null | undefined) => number;
}

function hasWidth(candidate: unknown): candidate is TextMetrics {
  return typeof candidate === 'object' && candidate !== null && 'width' in candidate;
}

/** A hundredth of a pixel is beyond any eye. Texts keep their digits. */
function rounded(svg: string): string {
  return svg.replace(/<[^>]+>/g, (tag) =>
    tag.replace(/-?\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2)))),
  );
}
