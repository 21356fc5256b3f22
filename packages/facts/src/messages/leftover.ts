import type { JsonView } from './json-view.ts';
import type { JsonSource } from './message.ts';

/** What is left of a field that was taken; null: nothing. */
type Remainder = () => JsonSource | null;

/** Fields of an object that were taken. */
export type TakenFields = ReadonlyMap<string, Remainder>;

export interface LeftoverOptions {
  /** Whether null, empty objects and empty lists are kept. Default: they are left out. */
  readonly keepsEmpty?: boolean;
}

/** The fields of an object that were not taken, and what is left of those that were, as an object; null for nothing. */
export function leftover(
  node: JsonView,
  taken: TakenFields,
  { keepsEmpty }: LeftoverOptions = {},
): JsonSource | null {
  const fields: string[] = [];
  for (const [key, value] of node.fields()) {
    const remainder = taken.get(key);
    if (!remainder && !keepsEmpty && isEmpty(value)) continue;
    const source = remainder ? remainder() : value.source;
    if (source !== null) fields.push(`${JSON.stringify(key)}:${source}`);
  }
  return fields.length === 0 ? null : `{${fields.join(',')}}`;
}

const isEmpty = (node: JsonView) =>
  node.isNull || ((node.isObject || node.isArray) && node.count === 0);

/** Fields that are taken as a whole. */
export const wholly = (fields: readonly string[]): TakenFields =>
  new Map(fields.map((field) => [field, () => null]));

/** The taken fields, and one more if there is one. */
export const alsoTaken = (taken: TakenFields, field: string | null | undefined): TakenFields =>
  field ? new Map([...taken, [field, () => null]]) : taken;
