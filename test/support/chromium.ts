/**
 * A headless Chromium, driven over a pipe in the words of the DevTools protocol: all that the tests
 * of pages need of it, without a library that would download a browser of its own.
 */

import { spawn, spawnSync } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { until } from './command-line.ts';

/** Why there is none; null: there is one. */
export const whyNoChromium: string | null =
  spawnSync('chromium', ['--version']).status === 0 ? null : 'chromium is not installed';

export interface BrowserPage {
  /** The value of an expression in the page, as JSON tells it. */
  readonly evaluate: (expression: string) => Promise<unknown>;
  readonly mouse: (kind: 'move' | 'click', x: number, y: number) => Promise<void>;
  /** Addresses of all that the page asked for. */
  readonly requests: readonly string[];
  /** What was thrown in it. */
  readonly exceptions: readonly string[];
}

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--remote-debugging-pipe'];

/** Opens a file, with the network cut. Goes with its test. */
export async function openPage(path: string): Promise<BrowserPage> {
  const profile = mkdtempSync(join(tmpdir(), 'coffer-chromium-'));
  const flags = [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'];
  // A process group of its own: its helpers write to the profile too, and must be gone with it.
  const child = spawn('chromium', flags, {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const gone = new Promise((resolve) => child.on('exit', resolve));
  onTestFinished(async () => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    await gone;
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });
  const [, , , input, output] = child.stdio;
  if (!isWritable(input) || !isReadable(output)) throw new Error('chromium has no pipes');
  // Killed, it closes its ends without a word.
  for (const pipe of [input, output]) pipe.on('error', () => {});
  const requests: string[] = [];
  const exceptions: string[] = [];
  const send = connect(input, output, ({ method, params }) => {
    if (method === 'Network.requestWillBeSent') requests.push(String(params?.request?.url));
    if (method === 'Runtime.exceptionThrown') exceptions.push(JSON.stringify(params));
  });
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const ask = (method: string, params: object = {}) => send(method, params, String(sessionId));
  for (const domain of ['Network', 'Runtime', 'Page']) await ask(`${domain}.enable`);
  const offline = { offline: true, latency: 0, downloadThroughput: 0, uploadThroughput: 0 };
  await ask('Network.emulateNetworkConditions', offline);
  await ask('Page.navigate', { url: pathToFileURL(path).href });
  const evaluate = async (expression: string): Promise<unknown> => {
    const { result } = await ask('Runtime.evaluate', { expression, returnByValue: true });
    return isObject(result) ? result['value'] : undefined;
  };
  const mouse = async (kind: 'move' | 'click', x: number, y: number): Promise<void> => {
    const at = { x, y, button: 'left', clickCount: 1 };
    await ask('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y });
    if (kind === 'move') return;
    await ask('Input.dispatchMouseEvent', { type: 'mousePressed', ...at });
    await ask('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at });
  };
  return { evaluate, mouse, requests, exceptions };
}

/** Asks the page again until the expression is true. */
export async function untilTrue(page: BrowserPage, expression: string): Promise<void> {
  let so: unknown = false;
  let asking = false;
  await until(() => {
    if (!asking && so !== true) {
      asking = true;
      void page.evaluate(expression).then((value) => {
        so = value;
        asking = false;
      });
    }
    return so === true;
  });
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly request?: { readonly url?: unknown } };
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message?: string };
}

type Send = (
  method: string,
  params: object,
  sessionId?: string,
) => Promise<Readonly<Record<string, unknown>>>;

/** Messages are JSON, a zero byte behind each. */
function connect(input: Writable, output: Readable, onEvent: (message: Message) => void): Send {
  const waiting = new Map<number, (message: Message) => void>();
  let rest = '';
  output.on('data', (data: Buffer) => {
    const parts = (rest + data.toString()).split('\0');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const message: Message = JSON.parse(part);
      const answer = message.id === undefined ? undefined : waiting.get(message.id);
      if (answer === undefined) onEvent(message);
      else answer(message);
    }
  });
  let last = 0;
  return (method, params, sessionId) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, ({ result, error }) => {
        waiting.delete(id);
        if (error === undefined) resolve(result ?? {});
        else reject(new Error(`${method}: ${error.message}`));
      });
      input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isWritable(stream: unknown): stream is Writable {
  return isObject(stream) && 'write' in stream;
}

function isReadable(stream: unknown): stream is Readable {
  return isObject(stream) && 'read' in stream;
}
