import type { OptionName, optionTable } from './option-table.ts';
import type { OptionValues } from './option-types.ts';

/** Every option with its value; null if absent. */
export type ResolvedOptions = {
  readonly [Name in OptionName]:
    | OptionValues[(typeof optionTable)[Name]['type']]
    | (null extends (typeof optionTable)[Name]['default'] ? null : never);
};
