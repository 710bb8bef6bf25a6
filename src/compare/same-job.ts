/**
 * A comparison of two equal sides, in words that fit it: what is called there is a false alarm, and
 * what is open is settled by the blocks that the noise floor asks for. Verdicts stay: a gate that
 * raises false alarms has to be seen doing so.
 */

import type { NoiseFloor } from './calibrate-blocks.ts';
import { formatP } from './decide.ts';
import type { Comparison, Judgement, SampleTest } from './judgement.ts';

/** `floors`: of the figures that were measured. */
export function asSameJob(
  comparison: Comparison,
  floors: readonly NoiseFloor[],
  alpha: number,
): Comparison {
  const rows = comparison.rows.map((compared) => {
    const ofRow = floors.filter(({ row }) => row === compared.row);
    const judgements = compared.judgements.map((judgement) => {
      const floor = ofRow.find(({ column }) => column.name === judgement.column);
      return floor === undefined ? judgement : judgementOfNoise(judgement, floor, alpha);
    });
    return { ...compared, judgements };
  });
  return { ...comparison, rows };
}

const FALSE_ALARM = 'a false alarm: A and B are the same job';

function judgementOfNoise(judgement: Judgement, { blocks }: NoiseFloor, alpha: number): Judgement {
  const { verdict, sample } = judgement;
  if (sample === null) return judgement;
  if (isCalled(judgement)) return { ...judgement, reason: FALSE_ALARM };
  if (verdict !== 'inconclusive') return judgement;
  const wanted =
    blocks === null ? 'more than a thousand blocks would do' : `about ${blocks} blocks would do`;
  return {
    ...judgement,
    reason: `${tooFew(sample, alpha)}${wanted}`,
    sample: { ...sample, repetitions: blocks },
  };
}

function tooFew({ attainableP, ratioLow }: SampleTest, alpha: number): string {
  if (attainableP > alpha) return `too few blocks, p can reach ${formatP(attainableP)}; `;
  return ratioLow === 0 ? 'too few blocks for an interval; ' : '';
}

/** The sampled figures that were called, though nothing but chance tells the sides apart. */
export function falseAlarmsIn({ rows }: Comparison): readonly Judgement[] {
  return rows.flatMap(({ judgements }) =>
    judgements.filter((judgement) => judgement.sample !== null && isCalled(judgement)),
  );
}

function isCalled({ verdict }: Judgement): boolean {
  return verdict === 'regression' || verdict === 'better';
}
