import type { Key } from 'honeyhive-wire';

type Descent = Pick<Key, 'id' | 'created_by' | 'revoked_at'>;

/** How many of the keys that were made with this one, or with one of those, are not revoked. */
export function countActiveDescendants(keys: readonly Descent[], id: string): number {
  const found = new Set([id]);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const key of keys)
      if (key.created_by !== null && found.has(key.created_by)) found.add(key.id);
  }
  return keys.filter((key) => key.id !== id && found.has(key.id) && key.revoked_at === null).length;
}
