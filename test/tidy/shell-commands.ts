/** The commands that a Markdown page tells its reader to type. */

const BLOCK = /^```sh\n(.*?)^```/gms;

/** Every line of every `sh` block, without comments; a line that ends in \ goes on in the next. */
export function shellCommands(markdown: string): string[] {
  return [...markdown.matchAll(BLOCK)]
    .flatMap(([, block = '']) => block.replaceAll('\\\n', ' ').split('\n'))
    .map((line) => line.replace(/(?:^|\s)#.*$/, '').replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
}
