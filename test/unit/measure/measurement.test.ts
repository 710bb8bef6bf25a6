import { expect, test } from 'vitest';
import { Account } from '../../../src/measure/account.ts';
import { type Background, Measurement } from '../../../src/measure/measurement.ts';

function nowhere(): Background {
  return { source: new Account(), destination: new Account() };
}

function filled(): Measurement {
  const made = new Measurement();
  made.begin(0, nowhere());
  made.ios = 3;
  made.bytes = 12_288;
  made.shortIos = 1;
  made.errorIos = 2;
  made.offloadBytes = 4096;
  made.emulationBytes = 8192;
  made.readWriteBytes = 512;
  made.account.commands = 7;
  made.account.hostCpuNs = 70;
  for (const latency of [made.slat, made.clat, made.lat, made.intended]) latency.record(100);
  made.fellBack('offload: EIO');
  made.fellBack('offload: EIO');
  made.fellBack('emulation: EIO');
  return made;
}

test('counts why a path was left', () => {
  const { fallbacks, fallbackReasons } = filled();
  expect([fallbacks, [...fallbackReasons]]).toEqual([
    3,
    [
      ['offload: EIO', 2],
      ['emulation: EIO', 1],
    ],
  ]);
});

test('merges all that it measures', () => {
  const sum = filled();
  sum.merge(filled());
  expect(sum).toMatchObject({
    ios: 6,
    bytes: 24_576,
    shortIos: 2,
    errorIos: 4,
    offloadBytes: 8192,
    emulationBytes: 16_384,
    readWriteBytes: 1024,
    fallbacks: 6,
    account: { commands: 14, hostCpuNs: 140 },
    slat: { count: 2 },
    clat: { count: 2 },
    intended: { count: 2 },
    lat: { count: 2 },
  });
  expect(sum.fallbackReasons.get('offload: EIO')).toBe(4);
});

test('measured time begins again: the costs so far are background, the rest is forgotten', () => {
  const measurement = filled();
  const background = new Account();
  background.commands = 1;
  measurement.begin(500, { source: background, destination: new Account() });
  expect([background.commands, background.hostCpuNs]).toEqual([8, 70]);
  const fresh = new Measurement();
  fresh.begin(500, nowhere());
  expect(measurement).toEqual(fresh);
});

test('a copy between devices has an account for each, and both are in a sum', () => {
  const between = new Measurement(2);
  between.account.commands = 3;
  between.destinationAccount.commands = 5;
  const sum = new Measurement();
  sum.merge(between);
  expect(sum.account.commands).toBe(8);
  const background = nowhere();
  between.begin(0, background);
  expect([background.source.commands, background.destination.commands]).toEqual([3, 5]);
  expect([between.account.commands, between.destinationAccount.commands]).toEqual([0, 0]);
});
