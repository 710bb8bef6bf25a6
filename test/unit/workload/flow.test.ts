import { expect, test } from 'vitest';
import { FlowMember, FlowShares } from '../../../src/workload/flow.ts';

/** Each asks in turn, `rounds` times; how many I/Os each has issued. */
function issue(shares: FlowShares, members: readonly number[], rounds: number): number[] {
  const issued = members.map(() => 0);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, member] of members.entries()) {
      if (!shares.admits(member)) continue;
      shares.issued(member);
      issued[index] = (issued[index] ?? 0) + 1;
    }
  }
  return issued;
}

function sharesOf(weights: readonly number[]): FlowShares {
  const shares = new FlowShares(FlowShares.memory(weights.length));
  for (const [member, weight] of weights.entries()) shares.join(member, weight);
  return shares;
}

test.each([[[1, 1]], [[3, 1]], [[1, 8]], [[1, 1, 2]], [[1000, 1, 1]]])(
  'I/Os by the weights %j',
  (weights) => {
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const issued = issue(sharesOf(weights), [...weights.keys()], 5000);
    const all = issued.reduce((total, ios) => total + ios, 0);
    for (const [member, weight] of weights.entries()) {
      expect(Math.abs((issued[member] ?? 0) - (all * weight) / sum)).toBeLessThan(2);
    }
  },
);

// As fio 3.33: of two of equal weight the first may have two more I/Os than the other.
test('how far ahead one may be', () => {
  const shares = sharesOf([1, 1]);
  expect(issue(shares, [0], 10)).toEqual([2]);
  expect(shares.admits(1)).toBe(true);
});

test('somebody may always go on', () => {
  const shares = sharesOf([7, 3, 2]);
  for (let round = 0; round < 1000; round += 1) {
    const going = [0, 1, 2].filter((member) => shares.admits(member));
    expect(going.length).toBeGreaterThan(0);
    shares.issued(going.at(-1) ?? 0);
  }
});

test('who leaves is not waited for, and who comes begins level with the others', () => {
  const shares = sharesOf([1, 1]);
  expect(issue(shares, [0], 10)).toEqual([2]);
  shares.leave(1);
  expect(issue(shares, [0], 100)).toEqual([100]);
  shares.join(1, 3);
  expect(issue(shares, [0, 1], 1000).map((ios) => Math.round(ios / 100))).toEqual([3, 10]);
});

test('all threads see one memory', () => {
  const memory = FlowShares.memory(2);
  new FlowShares(memory).join(0, 1);
  new FlowShares(memory).join(1, 1);
  new FlowShares(memory).issued(0);
  new FlowShares(memory).issued(0);
  expect([0, 1].map((member) => new FlowShares(memory).admits(member))).toEqual([false, true]);
  expect(new FlowShares(memory).members).toBe(2);
});

test('a member asks again since when it was first held back', () => {
  const shares = sharesOf([1, 1]);
  const waits: number[][] = [];
  let moves = 0;
  const member = new FlowMember(shares, 0, 1, {
    retryNs: (nowNs, sinceNs) => {
      waits.push([nowNs, sinceNs]);
      return nowNs + 5;
    },
    moved: () => {
      moves += 1;
    },
  });
  member.join();
  for (const nowNs of [1, 2]) {
    expect(member.admits(nowNs)).toBe(true);
    member.issued();
  }
  expect([member.admits(3), member.retryNs(3)]).toEqual([false, 8]);
  expect([member.admits(8), member.retryNs(8), member.held]).toEqual([false, 13, true]);
  shares.issued(1);
  shares.issued(1);
  expect([member.admits(13), member.held]).toEqual([true, false]);
  expect(waits).toEqual([
    [3, 3],
    [8, 3],
  ]);
  member.leave();
  expect([moves, shares.admits(1)]).toEqual([3, true]);
});
