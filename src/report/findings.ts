/**
 * What a record says about its paths, in sentences with their figures. Nothing is said that the
 * rows do not carry: where they are silent, the sentence says that.
 */

import { formatByteRate } from '../units/bytes.ts';
import { extentOf } from '../units/extent.ts';
import { capitalised } from '../units/markdown.ts';
import { formatSignificant } from '../units/number.ts';
import { type Contest, type Entrant, verdictBetween } from './contest.ts';

export function headline(contests: readonly Contest[]): readonly string[] {
  const held = contests.filter(({ verdict }) => verdict !== 'alone');
  if (held.length === 0) return [noContest(contests), ...arrows(contests)];
  const wins = new Map<string, number>();
  for (const { verdict, entrants } of held) {
    // By the path taken: `offload → emulation` is no win of offload's.
    const winner = entrants[0]?.name ?? '';
    if (verdict === 'won') wins.set(winner, (wins.get(winner) ?? 0) + 1);
  }
  const points = held.length === 1 ? 'the one point' : `${held.length} points`;
  const won = [...wins]
    .toSorted(([, a], [, b]) => b - a)
    .map(([path, count]) => `${path} in ${count}`)
    .join(', ');
  const level = held.filter(({ verdict }) => verdict === 'level').length;
  const undecided = held.filter(({ verdict }) => verdict === 'undecided').length;
  const sentences = [
    won === '' ? `Of ${points}, no path won any.` : `Of ${points}, the fastest path was ${won}.`,
  ];
  if (level > 0) sentences.push(`In ${level} the first two were level, within 1 %.`);
  if (undecided > 0) {
    const what = 'these repetitions cannot tell the first two apart (wall clock)';
    sentences.push(`In ${undecided} ${what}.`);
  }
  return [...sentences, ...spanOf(held), ...arrows(contests)];
}

/** How this page says that a path was not taken. */
function arrows(contests: readonly Contest[]): readonly string[] {
  const names = contests.flatMap(({ entrants }) => entrants.map(({ name }) => name));
  const example = names.find((name) => name.includes(' → '));
  if (example === undefined) return [];
  const [asked, taken] = example.split(' → ');
  return [`${example}: ${asked} was asked for, and what served the bytes was ${taken}.`];
}

function noContest(contests: readonly Contest[]): string {
  if (contests.length === 0) return 'The record holds no copies, so there is no path to compare.';
  const paths = [...new Set(contests.flatMap(({ entrants }) => entrants.map(({ path }) => path)))];
  if (paths.length === 0) return 'No copy has a figure: see how the runs ended, below.';
  return `All copies were asked for on one path (${paths.join(', ')}): there is none to compare.`;
}

/** The clearest wins and losses of offload, where that is what served the bytes. */
function spanOf(held: readonly Contest[]): readonly string[] {
  const leads = held.filter(
    ({ verdict, entrants }) => verdict === 'won' && wasOffloaded(entrants[0]),
  );
  const lags = held.filter(
    (contest) => hasLost(contest) && contest.entrants.some((each) => wasOffloaded(each)),
  );
  const lost = lags.length === 0 ? [] : [`Offload was beaten in ${lags.length} of ${held.length}.`];
  return [
    ...lost,
    ...clearest('Offload won most clearly at', leads, (contest) => {
      return [contest.entrants[0], contest.entrants[1]];
    }),
    ...clearest('Offload lost most clearly at', lags, ({ entrants }) => {
      return [entrants[0], entrants.find(isOffload)];
    }),
  ];
}

function clearest(
  opening: string,
  contests: readonly Contest[],
  pairOf: (contest: Contest) => readonly [Entrant | undefined, Entrant | undefined],
): readonly string[] {
  const factors = contests.flatMap((contest) => {
    const [first, other] = pairOf(contest);
    if (first === undefined || other === undefined) return [];
    return [{ contest, first, other, factor: first.throughput.value / other.throughput.value }];
  });
  const [top] = factors.toSorted((a, b) => b.factor - a.factor);
  if (top === undefined) return [];
  const { contest, first, other, factor } = top;
  const where = contest.point === '' ? 'the one point' : contest.point;
  const figures =
    `${first.name} ${formatByteRate(first.throughput.value)}, ` +
    `${other.name} ${formatByteRate(other.throughput.value)}`;
  return [`${opening} ${where}: ${figures} (${formatSignificant(factor)} times).`];
}

const COSTS = [
  ['host CPU time', 'cpuPerByte'],
  ['PCIe bytes', 'pciePerByte'],
  ['fabric bytes', 'fabricPerByte'],
] as const;

/** What a byte cost on each path, against the path that has no help of the device. */
export function savings(contests: readonly Contest[]): readonly string[] {
  const names = contests.flatMap(({ entrants }) =>
    entrants.filter(({ path }) => path !== 'read-write').map((each) => each.name),
  );
  return [...new Set(names)]
    .toSorted()
    .toReversed()
    .flatMap((path) =>
      COSTS.flatMap(([name, field]) => {
        const shares = contests.flatMap(({ entrants }) => {
          const own = entrants.find((each) => each.name === path)?.[field] ?? null;
          const reference = entrants.find((each) => each.path === 'read-write')?.[field] ?? null;
          return own === null || reference === null || reference === 0 ? [] : [own / reference];
        });
        if (shares.length === 0) return [];
        const { low, high } = extentOf(shares);
        const span =
          percent(low) === percent(high) ? percent(low) : `${percent(low)} to ${percent(high)}`;
        const points = shares.length === 1 ? 'at one point' : `over ${shares.length} points`;
        return [`Per byte copied, ${path} took ${span} of the ${name} of read-write, ${points}.`];
      }),
    );
}

export interface Loss {
  /** What the rows say of it. */
  readonly reason: string;
  /** Where, and how far offload came: `bs=1m (49 % of read-write)`. */
  readonly points: readonly string[];
}

/** Where another path was faster or offload has no figure, by all that the rows say of why. */
export function losses(contests: readonly Contest[]): readonly Loss[] {
  const byReason = new Map<string, string[]>();
  const add = (reason: string, point: string): void => {
    byReason.set(reason, [...(byReason.get(reason) ?? []), point]);
  };
  for (const contest of contests) {
    const { point, entrants, absent } = contest;
    const where = point === '' ? 'the one point' : point;
    const missing = absent.find(({ path }) => path === 'offload');
    if (missing !== undefined) {
      const states = [...new Set(missing.rows.map(({ state }) => String(state)))].join(', ');
      const error = missing.rows.find((row) => row.error !== null)?.error;
      add(`There is no figure, ${states}${error === undefined ? '' : `: ${error}`}`, where);
    }
    const offload = entrants.find(isOffload);
    const [first] = entrants;
    if (offload === undefined || first === undefined) continue;
    const told = reasons(offload);
    if (!hasLost(contest)) {
      if (told !== null) add(told, where);
      continue;
    }
    const share = percent(offload.throughput.value / first.throughput.value);
    add(told ?? SILENT, `${where} (${share} of ${first.name})`);
  }
  return [...byReason].map(([reason, points]) => ({ reason, points }));
}

/** Offload against the fastest, whatever is level with that. */
function hasLost({ entrants }: Contest): boolean {
  const [first] = entrants;
  return !isOffload(first) && verdictBetween(first, entrants.find(isOffload)) === 'won';
}

/** Of offload: the table may well count splits of the other paths there. */
const SILENT =
  'The rows of offload count no fallback, split or error; what bounded the device, the record ' +
  'does not say.';

/** What left the path, cut the copies or broke them; of what bounded the device no row speaks. */
function reasons({ rows }: Entrant): string | null {
  const sum = (
    name: 'fallbacks' | 'splits' | 'short_ios' | 'error_ios' | 'ios' | 'bytes',
  ): number => rows.reduce((total, row) => total + Number(row[name] ?? 0), 0);
  const told: string[] = [];
  const why = [...new Set(rows.flatMap((row) => row.fallback_reason ?? []))].join('; ');
  if (sum('fallbacks') > 0) told.push(`${sum('fallbacks')} fallbacks to another path (${why})`);
  const offloaded = rows.reduce((total, row) => total + Number(row.offload_bytes ?? 0), 0);
  const known = rows.every((row) => row.offload_bytes !== null);
  if (known && offloaded < sum('bytes')) {
    const share = offloaded === 0 ? 'none' : `only ${percent(offloaded / sum('bytes'))}`;
    told.push(`${share} of the bytes were offloaded`);
  }
  if (rows.some(({ path_proof }) => path_proof === 'unproven')) {
    told.push('nothing proves which path its bytes took');
  }
  if (sum('splits') > 0) told.push(`${sum('splits')} splits by limits in ${sum('ios')} I/Os`);
  if (sum('short_ios') > 0) told.push(`${sum('short_ios')} short I/Os`);
  if (sum('error_ios') > 0) told.push(`${sum('error_ios')} I/Os in error`);
  return told.length === 0 ? null : `${capitalised(told.join(', '))}.`;
}

/** Asked for as offload, whatever was taken. */
function isOffload(entrant: Entrant | undefined): boolean {
  return entrant?.path === 'offload';
}

function wasOffloaded(entrant: Entrant | undefined): boolean {
  return isOffload(entrant) && entrant?.name === entrant?.path;
}

export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.005) return '<0.01 %';
  return `${value >= 10 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(2)} %`;
}
