/** The job files that are mutated: those that are shipped, the golden ones, and fio's examples. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = ['jobs', 'test/golden', '/usr/share/doc/fio/examples'] as const;

/** `root`: of the source tree. Sorted, so that a seed means the same everywhere it can. */
export function readCorpus(root: string): readonly string[] {
  const texts = FOLDERS.flatMap((folder) => {
    const path = folder.startsWith('/') ? folder : join(root, folder);
    if (!existsSync(path)) return [];
    const names = readdirSync(path).filter((name) => name.endsWith('.fio'));
    return names.sort().map((name) => readFileSync(join(path, name), 'utf8'));
  });
  return texts.length === 0 ? [''] : texts;
}
