/** What can be known of real targets before a run, for the checks of job files. */

export { inspect as lookUp } from '../linux/inspect.ts';
