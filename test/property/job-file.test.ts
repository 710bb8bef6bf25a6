import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDiagnostic, loadPlan } from '../../src/job/load.ts';
import { jobOptions } from '../../src/job/option-table.ts';
import { canonicalBytes, parseBytes } from '../../src/units/bytes.ts';
import { canonicalRate, parseRate } from '../../src/units/rate.ts';
import { canonicalTime, parseTime } from '../../src/units/time.ts';

/** Lines that are nearly right find more than noise does. */
const word = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom(
    '4k',
    '1m',
    '50%',
    '1g',
    '0',
    '1',
    'd',
    'copy',
    'nvme',
    'null_blk',
    '1s',
    'a',
    '8k,,4k',
  ),
);
const name = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom(...jobOptions.map((option) => option.name), 'driver', 'size', 'mssrl', 'd.mssrl'),
);
const line = fc.oneof(
  fc.constantFrom(
    '[global]',
    '[device d]',
    '[device e]',
    '[host h]',
    '[link l]',
    '[a]',
    '[b]',
    '[b',
  ),
  fc
    .tuple(fc.constantFrom('', 'sweep_'), name, word)
    .map(([sweep, left, right]) => `${sweep}${left}=${right}`),
  fc.tuple(name, word, word).map(([left, first, second]) => `sweep_${left}=${first} ${second}`),
  name,
  fc.string({ unit: 'grapheme', maxLength: 30 }),
);
const file = fc.array(line, { maxLength: 25 }).map((lines) => lines.join('\n'));
const good =
  '[device d]\ndriver=nvme\nsize=1g\n[global]\nfilename=d\nrw=copy\ndest_offset=512m\n[z]\n';

test('whatever a file holds is a plan or sentences with their lines, never an exception', () => {
  fc.assert(
    fc.property(file, fc.boolean(), fc.array(word, { maxLength: 2 }), (text, below, set) => {
      const whole = below ? good + text : text;
      const loaded = loadPlan({
        jobFile: 'f',
        text: whole,
        set: set.map((value) => `bs=${value}`),
      });
      if (loaded.ok) {
        expect(loaded.plan.runs.length).toBeGreaterThan(0);
        return;
      }
      expect(loaded.diagnostics.length).toBeGreaterThan(0);
      const lines = whole.split('\n').length;
      for (const diagnostic of loaded.diagnostics) {
        const fromCommandLine = diagnostic.file.startsWith('--set ');
        expect(diagnostic.line === 0).toBe(fromCommandLine);
        expect(diagnostic.line).toBeLessThanOrEqual(lines);
        expect(formatDiagnostic(diagnostic)).not.toContain('undefined');
      }
    }),
    { numRuns: 2000 },
  );
});

test('no two runs of a plan have the same point and repetition', () => {
  const values = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(values, values, fc.integer({ min: 1, max: 3 }), (shifts, depths, repeat) => {
      const bs = shifts.map((shift) => 4096 * 2 ** shift).join(' ');
      const iodepth = depths.map((depth) => depth + 1).join(' ');
      const axes = `[global]\nrepeat=${repeat}\nsweep_bs=${bs}\nsweep_iodepth=${iodepth}\n`;
      const loaded = loadPlan({ jobFile: 'f', text: good.replace('[z]', `${axes}[z]`) });
      if (!loaded.ok) throw new Error(loaded.diagnostics.map(formatDiagnostic).join('\n'));
      const { runs } = loaded.plan;
      expect(runs).toHaveLength(shifts.length * depths.length * repeat);
      const keys = runs.map((run) => `${run.point} ${run.repetition}`);
      expect(new Set(keys).size).toBe(runs.length);
      expect(runs.map((run) => run.index)).toEqual(runs.map((_, index) => index));
    }),
  );
});

test('canonical text parses back to its value', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 50 }), (value) => {
      expect(parseBytes(canonicalBytes(value))).toEqual({ ok: true, value });
      expect(parseTime(canonicalTime(value), 's')).toEqual({ ok: true, value });
      expect(parseRate(canonicalRate(value))).toEqual({ ok: true, value });
    }),
  );
});
