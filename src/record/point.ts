/** The `point` of a row: the swept options as `bs=4k iodepth=32`, apart. */

/** Option → value, in the order of the point. An axis of one job is `JOB.option`. */
export function pointOptions(point: string): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  let name = '';
  for (const word of point.split(' ')) {
    const equals = word.indexOf('=');
    // The name of a job may have spaces, the value of an option has none.
    if (equals < 0) {
      name += `${word} `;
      continue;
    }
    options.set(name + word.slice(0, equals), word.slice(equals + 1));
    name = '';
  }
  return options;
}
