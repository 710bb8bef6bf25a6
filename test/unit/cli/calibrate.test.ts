import { expect, test } from 'vitest';
import { calibrate, hostSection } from '../../../src/cli/calibrate.ts';
import { loadPlan } from '../../../src/job/load.ts';

test('the section parses, and says what was measured', () => {
  const section = hostSection('here', {
    cpus: 2,
    syscallNs: 123.4,
    contextSwitchNs: 4321.6,
    memoryBytesPerSecond: 9_876_543_210,
  });
  const text = `${section}
[device nb0]
driver=null_blk
size=1m
[reads]
filename=nb0
rw=read
size=4k
`;
  const loaded = loadPlan({ jobFile: 'here.fio', text });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  expect(loaded.plan.warnings).toEqual([]);
  expect(loaded.plan.runs[0]?.hosts).toMatchObject([
    {
      name: 'here',
      attributes: {
        cpus: 2,
        syscall: 123,
        context_switch: 4322,
        memory_bandwidth: 9_900_000_000,
        interrupt: 1000,
      },
    },
  ]);
  expect(section).toContain('; interrupt=1us\n');
});

test.each(['a.b', 'a b', ''])('a name that no job file takes, "%s", is refused', async (name) => {
  await expect(calibrate({ name })).rejects.toThrow(/^--name ".*": use letters, digits, _ and -$/);
});
