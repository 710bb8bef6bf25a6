import { expect, test } from 'vitest';
import { settingName, settingsOf } from '../../../src/cli/ab-settings.ts';

test.each([
  ['', []],
  ['  ', []],
  ['path=offload', ['path=offload']],
  [' path=offload\tnvme0.mssrl=128 ', ['path=offload', 'nvme0.mssrl=128']],
  ['sweep_bs="4k 64k" stonewall', ['sweep_bs=4k 64k', 'stonewall']],
  [`description='it "is" so' a=""`, ['description=it "is" so', 'a=']],
  ["a='x'y", ['a=xy']],
])('%j', (text, words) => {
  expect(settingsOf('--a', text)).toEqual(words);
});

test.each([
  [`bs='4k`, /^--b bs='4k: a ' is not closed; add one$/],
  ['repeat=3', /^--b repeat=3: each block repeats .+ --blocks N$/],
  ['sweep_clock=wall', /^--b sweep_clock=wall: .+ two clocks/],
])('refused: %j', (text, said) => {
  expect(() => settingsOf('--b', text)).toThrow(said);
});

test('a setting is about an option, swept or not', () => {
  expect(['sweep_bs=4k', 'nvme0.mssrl=1', 'stonewall', 'bs = 4k'].map(settingName)).toEqual([
    'bs',
    'nvme0.mssrl',
    'stonewall',
    'bs',
  ]);
});
