/** The models that a job file can name: the one place where job/ looks beyond units/. */

import { nullBlkAttributes } from '../device/null-blk/attributes.ts';
import { nvmeAttributes, nvmeNamespaceAttributes } from '../device/nvme/attributes.ts';
import { linkAttributes } from '../fabric/attributes.ts';
import { hostAttributes } from '../host/attributes.ts';
import type { AttributeTable, Option } from '../units/option.ts';
import { deviceSectionOptions, profileOption } from './options/section.ts';
import type { DeclarationKind } from './sections.ts';

export const deviceModels: readonly AttributeTable[] = [
  nullBlkAttributes,
  nvmeAttributes,
  nvmeNamespaceAttributes,
];

export const hostModel: AttributeTable = hostAttributes;
export const linkModel: AttributeTable = linkAttributes;

const sectionOptions = deviceSectionOptions(deviceModels.map((table) => table.model));

/** What `[device]` sections take whatever their driver. */
export function optionsOfSection(kind: DeclarationKind): readonly Option[] {
  return kind === 'device' ? sectionOptions : [];
}

/** All that a section of this model takes. */
export function optionsOfModel(kind: DeclarationKind, table: AttributeTable): readonly Option[] {
  const profiles = Object.keys(table.profiles ?? {});
  return [
    ...optionsOfSection(kind),
    ...(profiles.length === 0 ? [] : [profileOption(profiles)]),
    ...table.options,
  ];
}

/** null: no model is called so. */
export function modelOf(kind: DeclarationKind, driver: string | null): AttributeTable | null {
  if (kind === 'host') return hostModel;
  if (kind === 'link') return linkModel;
  return deviceModels.find((table) => table.model === driver) ?? null;
}
