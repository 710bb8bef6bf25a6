/** Files that no entry point reaches. */

import { importsOf } from './imports.ts';
import type { SourceFile } from './source-tree.ts';

export function deadFiles(files: readonly SourceFile[], entries: readonly string[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const alive = new Set<string>();
  const reach = (path: string): void => {
    const file = byPath.get(path);
    if (file === undefined || alive.has(path)) return;
    alive.add(path);
    for (const { target } of importsOf(file)) reach(target.replace(/\.js$/, '.ts'));
  };
  entries.forEach(reach);
  return files.map(({ path }) => path).filter((path) => !alive.has(path));
}
