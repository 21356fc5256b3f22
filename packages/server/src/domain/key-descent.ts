import type { ApiKey } from './key-store.ts';

/** Ids of the keys that were made with this one, or with one of those, in the order of the list. */
export function findDescendants(
  keys: readonly Pick<ApiKey, 'id' | 'createdBy'>[],
  id: string,
): string[] {
  const children = new Map<string, string[]>();
  for (const { id: child, createdBy } of keys) {
    if (createdBy === null) continue;
    children.set(createdBy, [...(children.get(createdBy) ?? []), child]);
  }
  const found = new Set<string>();
  // Imported keys may say anything of each other, that they made themselves too.
  for (let next = [id]; next.length > 0;) {
    next = next.flatMap((each) => children.get(each) ?? []).filter((each) => !found.has(each));
    for (const each of next) found.add(each);
  }
  found.delete(id);
  return keys.flatMap((key) => (found.has(key.id) ? [key.id] : []));
}
