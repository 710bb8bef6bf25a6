/** How far a job is, for tests: running, half done, with what the test says on top. */

import type { JobLive } from '../../src/runner/live.ts';

export function jobLive(told: Partial<JobLive> = {}): JobLive {
  return { state: 'running', share: 0.5, ios: 0, bytes: 0, atNs: 0, p99Ns: null, ...told };
}
