/** A key, as far as its line matters: the id of the key that made it, or another maker, or null where none is known. */
export interface MadeKey {
  readonly id: string;
  readonly createdBy: string | null;
}

/** Ids of the keys that were made with this one, or with one of those, in the order of the list. */
export function findDescendants(keys: readonly MadeKey[], id: string): string[] {
  const children = new Map<string, string[]>();
  for (const { id: child, createdBy } of keys) {
    if (createdBy === null) continue;
    const siblings = children.get(createdBy);
    if (siblings) siblings.push(child);
    else children.set(createdBy, [child]);
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
