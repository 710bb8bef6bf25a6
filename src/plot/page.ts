/**
 * A figure as one HTML file that needs nothing else: the picture for who has no JavaScript, and in
 * its place, for all others, the same drawn by Vega, with tooltips and a legend that mutes.
 */

import { readFile } from 'node:fs/promises';
import { htmlPage } from '../units/html.ts';
import type { Figure } from './layout.ts';
import type { ThemeName } from './request.ts';
import { THEME_COLOURS } from './theme.ts';
import { compileSpec } from './vega-view.ts';

/** Shows the figure of `specification` in `#figure`; tooltips are text, never markup. */
const SCRIPT = `
const place = document.getElementById('figure');
const box = document.getElementById('tooltip');
const view = new vega.View(vega.parse(specification), { renderer: 'svg', hover: true });
view.tooltip((handler, event, item, value) => {
  box.hidden = value === null || value === undefined || value === '';
  if (box.hidden) return;
  box.replaceChildren(...Object.entries(value).map(([name, text]) => {
    const line = document.createElement('div');
    line.textContent = name + ': ' + text;
    return line;
  }));
  const left = Math.min(event.clientX + 12, window.innerWidth - box.offsetWidth - 8);
  box.style.left = Math.max(0, left) + 'px';
  box.style.top = event.clientY + 14 + 'px';
});
place.replaceChildren();
view.initialize(place).runAsync().then(() => document.body.dataset.ready = 'true');
`;

export async function figurePage(figure: Figure, title: string, theme: ThemeName): Promise<string> {
  const { background, foreground, muted } = THEME_COLOURS[theme];
  const style = `
body { margin: 0; background: ${background}; color: ${foreground}; }
#figure { max-width: 100%; overflow-x: auto; }
#tooltip { position: fixed; pointer-events: none; padding: 4px 8px; border: 1px solid ${muted};
  border-radius: 4px; background: ${background}; font: 12px sans-serif; }`;
  const body = `<div id="figure">${figure.svg}</div>
<div id="tooltip" hidden></div>
<script>${await vegaSource()}</script>
<script>
const specification = ${scriptJson(withoutSchema(compileSpec(figure.spec)))};
${SCRIPT}</script>`;
  return htmlPage(title, style, body);
}

/** JSON that no HTML parser takes for the end of the script. */
function scriptJson(value: object): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/** Its address is for editors; a page that names none is seen to ask the network for nothing. */
function withoutSchema(spec: object): object {
  return Object.fromEntries(Object.entries(spec).filter(([name]) => name !== '$schema'));
}

/** Vega for browsers, as it comes with the package. */
async function vegaSource(): Promise<string> {
  return await readFile(new URL('vega.min.js', import.meta.resolve('vega')), 'utf8');
}
