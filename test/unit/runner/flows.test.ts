import { expect, test } from 'vitest';
import { Flows } from '../../../src/runner/flows.ts';
import { realFlow } from '../../../src/runner/real-flow.ts';
import { FlowShares } from '../../../src/workload/flow.ts';
import { realRun } from '../../support/real-run.ts';

const { jobs } = realRun(
  '[a]\nflow=3\nnumjobs=2\n[own]\n[b]\nflow=1\n[c]\nflow=2\nflow_id=7\nflow_sleep=100\n',
);

test('each clone has its place in the memory of its flow', () => {
  const flows = new Flows(jobs);
  const places = [flows.place(0, 0), flows.place(0, 1), flows.place(2, 0), flows.place(3, 0)];
  expect(places.map((place) => place?.member)).toEqual([0, 1, 2, 0]);
  expect(new Set(places.slice(0, 3).map((place) => place?.memory)).size).toBe(1);
  expect(places[3]?.memory).not.toBe(places[0]?.memory);
  expect(flows.place(1, 0)).toBeNull();
  expect(new FlowShares(places[0]?.memory ?? FlowShares.memory(0)).members).toBe(3);
});

test('one whose thread has died is not waited for', () => {
  const flows = new Flows(jobs);
  const memory = flows.place(0, 0)?.memory ?? FlowShares.memory(0);
  const shares = new FlowShares(memory);
  shares.join(0, 1);
  shares.join(1, 1);
  for (const _ of [1, 2]) shares.issued(0);
  expect(shares.admits(0)).toBe(false);
  flows.leave(0, 1);
  flows.leave(1, 0);
  expect(shares.admits(0)).toBe(true);
});

test('a real clone that is held back spins, then sleeps in between; or as flow_sleep says', () => {
  const flows = new Flows(jobs);
  const [a, own, , c] = jobs;
  if (a === undefined || own === undefined || c === undefined) throw new Error('three jobs');
  const member = realFlow(a, flows.place(0, 0));
  member?.join();
  new FlowShares(flows.place(0, 0)?.memory ?? FlowShares.memory(0)).join(1, 1);
  while (member?.admits(1000) === true) member.issued();
  expect(member?.held).toBe(true);
  expect(member?.retryNs(1000)).toBe(1000);
  expect(member?.retryNs(150_000)).toBe(150_000);
  expect(member?.retryNs(301_000)).toBe(501_000);
  expect(realFlow(c, flows.place(3, 0))?.retryNs(1000)).toBe(101_000);
  expect(realFlow(own, flows.place(1, 0))).toBeNull();
});
