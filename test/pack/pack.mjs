// `npm run pack [-- FOLDER]`: coffer as built, with the packages it needs, in one tarball (by default
// dist/coffer-VERSION.tgz) for a machine that has Node and no network. Nothing is fetched: packages are
// taken as they are installed here, with koffi's binaries of the platforms that npm installed.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

const checkout = new URL('../../', import.meta.url).pathname;
/** Beside what is built and the packages; results/README.md has the columns. */
const DOCUMENTS = ['jobs', 'results/README.md', 'README.md', 'CHANGELOG.md', 'LICENSE'];
/** What Node and npm read; the scripts and the tools of a developer stay here. */
const FACTS = ['name', 'version', 'description', 'license', 'type', 'private', 'engines', 'bin'];
const NEEDS = ['dependencies', 'optionalDependencies'];

const facts = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));
const kept = Object.fromEntries([...FACTS, ...NEEDS].map((name) => [name, facts[name]]));
const folder = resolve(process.argv[2] ?? join(checkout, 'dist'));
const tarball = join(folder, `coffer-${facts.version}.tgz`);
const scratch = mkdtempSync(join(tmpdir(), 'coffer-pack-'));
try {
  const root = join(scratch, 'coffer');
  mkdirSync(root);
  writeFileSync(join(root, 'package.json'), `${JSON.stringify(kept, null, 2)}\n`);
  cpSync(join(checkout, 'test/pack/coffer'), join(root, 'coffer'));
  for (const path of DOCUMENTS) cpSync(join(checkout, path), join(root, path), { recursive: true });
  // Types and source maps are for those who have the sources; an earlier tarball lies there too.
  const code = (path) => !/\.(?:d\.ts|map|tgz)$/.test(path);
  cpSync(join(checkout, 'dist'), join(root, 'dist'), { recursive: true, filter: code });
  // Of a family of fonts the two that figures are drawn with, src/plot/png.ts.
  const drawn = (path) => !path.endsWith('.ttf') || /\/DejaVuSans(?:-Bold)?\.ttf$/.test(path);
  for (const path of packages()) {
    cpSync(path, join(root, relative(checkout, path)), { recursive: true, filter: drawn });
  }
  mkdirSync(folder, { recursive: true });
  const anybody = ['--owner=0', '--group=0', '--numeric-owner', '--mode=a+rX', '--sort=name'];
  execFileSync('tar', ['-czf', tarball, '-C', scratch, ...anybody, 'coffer']);
} finally {
  rmSync(scratch, { recursive: true });
}
process.stdout.write(`${relative(process.cwd(), tarball) || tarball}\n`);

/** Their folders, of those that run coffer and are installed. */
function packages() {
  const words = ['ls', '--omit=dev', '--all', '--parseable'];
  const text = execFileSync('npm', words, { cwd: checkout, encoding: 'utf8' });
  const [, ...paths] = text.trim().split('\n');
  return paths;
}
