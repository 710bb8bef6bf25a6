/** The markup of a report: small pieces that escape what they are given. */

import { escapeHtml, htmlPage } from '../units/html.ts';

export function section(title: string, ...parts: readonly string[]): string {
  return `<section>\n<h2>${escapeHtml(title)}</h2>\n${parts.join('\n')}\n</section>`;
}

export function paragraphs(sentences: readonly string[]): string {
  return sentences.map((sentence) => `<p>${escapeHtml(sentence)}</p>`).join('\n');
}

export function list(items: readonly string[]): string {
  const lines = items.map((item) => `<li>${escapeHtml(item)}</li>`);
  return `<ul>\n${lines.join('\n')}\n</ul>`;
}

/** Cells that are numbers stand to the right. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = header.map((text) => `<th>${escapeHtml(text)}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map(tableCell).join('')}</tr>`);
  return `<div class="wide"><table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table></div>`;
}

function tableCell(text: string): string {
  const kind = /^[<\d]/.test(text) ? ' class="number"' : '';
  return `<td${kind}>${escapeHtml(text)}</td>`;
}

export function definitions(
  entries: readonly (readonly [term: string, meaning: string])[],
): string {
  const lines = entries.map(([term, meaning]) => {
    return `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(meaning)}</dd>`;
  });
  return `<dl>\n${lines.join('\n')}\n</dl>`;
}

export function preformatted(text: string): string {
  return `<pre>${escapeHtml(text)}</pre>`;
}

/** The same figure twice: the page shows the one of its theme, paper the light one. */
export function figure(light: string, dark: string): string {
  return `<figure><div class="light">${light}</div><div class="dark">${dark}</div></figure>`;
}

const STYLE = `
:root { color-scheme: light dark; --background: #ffffff; --foreground: #1f2328; --muted: #59636e;
  --line: #d9dee3; --shade: #f6f8fa; }
body { max-width: 824px; margin: 2rem auto; padding: 0 1rem; background: var(--background);
  color: var(--foreground); font: 15px/1.5 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif; }
h1 { font-size: 1.5rem; margin-bottom: 0; } h2 { font-size: 1.15rem; margin-top: 2rem; }
.subtitle, .note { color: var(--muted); } .answer p { font-size: 1.05rem; margin: 0.3rem 0; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-size: 13px; }
th, td { padding: 2px 10px; border-bottom: 1px solid var(--line); text-align: left;
  white-space: nowrap; }
th { color: var(--muted); font-weight: normal; } td.number { text-align: right; }
pre { padding: 0.8rem; overflow-x: auto; background: var(--shade); font-size: 12px; }
dt { float: left; clear: left; width: 8rem; color: var(--muted); }
dd { margin: 0 0 0.4rem 8.5rem; overflow-wrap: anywhere; }
figure { margin: 1rem 0; } figure svg { max-width: 100%; height: auto; } .dark { display: none; }
@media screen and (prefers-color-scheme: dark) {
  :root { --background: #16191d; --foreground: #e6e9ec; --muted: #a0a8b1; --line: #30363d;
    --shade: #1f2429; }
  .dark { display: block; } .light { display: none; }
}
@media print { body { max-width: none; margin: 0; font-size: 11pt; } pre { white-space: pre-wrap; }
  figure, tr { break-inside: avoid; } }`;

export function page(title: string, body: readonly string[]): string {
  return htmlPage(title, STYLE, body.join('\n'));
}
