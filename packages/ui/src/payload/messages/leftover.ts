import type { JsonNode } from '../json/json-node.ts';
import type { JsonSource } from './message.ts';

/** The fields of an object that none of these names take, as an object; null when there are none. */
export function leftover(
  node: JsonNode,
  taken: ReadonlySet<string>,
  { keepsEmpty = false } = {},
): JsonSource | null {
  const fields: string[] = [];
  for (const child of node.children()) {
    const key = child.key ?? '';
    if (taken.has(key) || (!keepsEmpty && isEmpty(child))) continue;
    fields.push(`${JSON.stringify(key)}:${child.source}`);
  }
  return fields.length === 0 ? null : `{${fields.join(',')}}`;
}

const isEmpty = (node: JsonNode) =>
  node.isNull || ((node.isObject || node.isArray) && node.count === 0);
