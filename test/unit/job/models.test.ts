import { expect, test } from 'vitest';
import { deviceModels, hostModel, linkModel } from '../../../src/job/models.ts';
import { jobOptions, optionNames } from '../../../src/job/option-table.ts';
import { canonicalValue, parseValue } from '../../../src/units/value.ts';
import { firstRun } from './fixture.ts';

const models = [...deviceModels, hostModel, linkModel];

test('every default of every option parses, and its canonical text means the same', () => {
  for (const option of [...jobOptions, ...models.flatMap((model) => model.options)]) {
    if (option.default === null) continue;
    const value = parseValue(option, option.default);
    expect(value, option.name).toMatchObject({ ok: true });
    expect(value, option.name).not.toHaveProperty('warning');
    if (!value.ok || option.suffixRequired === true) continue;
    expect(parseValue(option, canonicalValue(option, value.value)), option.name).toEqual(value);
  }
});

test('every profile sets attributes of its model to values that parse', () => {
  for (const model of models) {
    for (const [name, profile] of Object.entries(model.profiles ?? {})) {
      for (const [attribute, text] of Object.entries(profile.values)) {
        const option = model.options.find((candidate) => candidate.name === attribute);
        expect(option, `${name}.${attribute}`).toBeDefined();
        if (option !== undefined) expect(parseValue(option, text).ok).toBe(true);
      }
    }
  }
});

test('no name stands for two options', () => {
  for (const options of [jobOptions, ...models.map((model) => model.options)]) {
    const names = optionNames(options).filter((name) => name !== 'readwrite');
    expect(new Set(names).size).toBe(names.length);
  }
});

test.each(deviceModels.map((model) => model.model))(
  'driver=%s is a device as it stands',
  (driver) => {
    const more = driver === 'nvme-ns' ? 'controller=c\n[device c]\ndriver=nvme\n' : '';
    const text = `[device d]\ndriver=${driver}\n${more}[a]\nfilename=d\nsize=1m\n`;
    expect(firstRun(text).devices[0]).toMatchObject({ name: 'd', driver, host: 'host0' });
  },
);
