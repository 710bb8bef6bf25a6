/**
 * SVG to PNG by resvg (as WebAssembly: one binary for every machine), with the font that comes
 * along: a machine without fonts draws the same picture.
 */

import { readFile } from 'node:fs/promises';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

/** Pixels by CSS pixel: sharp on the screens of today. */
const DENSITY = 2;
const FONTS = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'];

let ready: Promise<void> | null = null;

export async function renderPng(svg: string): Promise<Uint8Array> {
  ready ??= load();
  await ready;
  const fontBuffers = await Promise.all(FONTS.map((name) => fontFile(name)));
  const family = 'DejaVu Sans';
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: DENSITY },
    font: { fontBuffers, defaultFontFamily: family, sansSerifFamily: family },
  });
  return image.render().asPng();
}

async function load(): Promise<void> {
  const binary = import.meta.resolve('@resvg/resvg-wasm/index_bg.wasm');
  await initWasm(await readFile(new URL(binary)));
}

async function fontFile(name: string): Promise<Uint8Array> {
  return await readFile(new URL(import.meta.resolve(`dejavu-fonts-ttf/ttf/${name}`)));
}
