/** A key and its creator: the id of the key that created it, another creator, or null if unknown. */
export interface MadeKey {
  readonly id: string;
  readonly createdBy: string | null;
}

/** Ids of the descendants of this key, in the order of the list. */
export function findDescendants(keys: readonly MadeKey[], id: string): string[] {
  const children = new Map<string, string[]>();
  for (const { id: child, createdBy } of keys) {
    if (createdBy === null) continue;
    const siblings = children.get(createdBy);
    if (siblings) siblings.push(child);
    else children.set(createdBy, [child]);
  }
  const found = new Set<string>();
  // Imported keys may contain any creator, including cycles.
  for (let next = [id]; next.length > 0;) {
    next = next.flatMap((each) => children.get(each) ?? []).filter((each) => !found.has(each));
    for (const each of next) found.add(each);
  }
  found.delete(id);
  return keys.flatMap((key) => (found.has(key.id) ? [key.id] : []));
}
