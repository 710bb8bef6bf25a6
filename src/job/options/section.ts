/** What every [device NAME] section takes beside the attributes of its model. */

import type { Option } from '../../units/option.ts';

const category = 'section';

export function deviceSectionOptions(drivers: readonly string[]): readonly Option[] {
  return [
    {
      name: 'driver',
      type: 'choice',
      choices: drivers,
      default: null,
      category,
      help: 'The model of the device; must be given.',
    },
    {
      name: 'host',
      type: 'string',
      default: null,
      category,
      help: 'The [host NAME] it is attached to; default: the only one.',
    },
  ];
}

/** A model without profiles has no such option. */
export function profileOption(profiles: readonly string[]): Option {
  return {
    name: 'profile',
    type: 'choice',
    choices: profiles,
    default: null,
    category,
    help: 'A set of values; attributes that are given go on top.',
  };
}
