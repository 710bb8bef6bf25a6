import { openSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FileMedium } from '../../../../src/device/store/file-medium.ts';

test('a full disk: what, and what to do', () => {
  // /dev/full answers every write with ENOSPC.
  const medium = new FileMedium(openSync('/dev/full', 'r+'), '/data/disk', () => {});
  expect(() => medium.write(0, 1, new Uint8Array(1), 0)).toThrow(
    '/data/disk: writing: no space left; free some, ' +
      'give backing_directory= (or backing_file=) another folder, or use data=tags',
  );
  medium.close();
});

test('closing releases what was held for the file', () => {
  let released = 0;
  const medium = new FileMedium(openSync('/dev/null', 'r'), '/data/disk', () => {
    released += 1;
  });
  medium.close();
  expect(released).toBe(1);
});
