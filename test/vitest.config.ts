import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    reporters: ['default', new URL('./support/closing-line.ts', import.meta.url).pathname],
    testTimeout: 60_000,
    // Two cores: more forks only wait for each other.
    maxWorkers: 2,
  },
});
