/** Where packages come from is the business of who installs: nothing here may say it. */

import { type Finding, finding, type SourceFile } from './source-tree.ts';

/** A host that serves packages: by its name, or by the address it is known to have here. */
const REGISTRY = /\bhttps?:\/\/[\w.-]*(?:registry|npmjs|artifactory|nexus|verdaccio|pypi)[\w.-]*/i;

export function registryFindings(file: SourceFile, hosts: readonly string[]): Finding[] {
  return file.text.split('\n').flatMap((line, index) => {
    const host = REGISTRY.exec(line)?.[0] ?? hosts.find((known) => line.includes(known));
    return host === undefined ? [] : [finding(file, index + 1, `names ${host}`)];
  });
}
