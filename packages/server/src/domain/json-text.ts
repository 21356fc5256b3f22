/** A JSON object as parsed. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object that a bucket's text holds. */
export function parseBucket(text: string): JsonObject {
  if (text === '{}') return {};
  const value: unknown = JSON.parse(text);
  return isJsonObject(value) ? value : {};
}

/**
 * Where a parsed value nests deeper than `maxDepth`, as a dotted path; null when nowhere.
 * Recursion ends at the limit, so that no input can exhaust the stack.
 */
export function findTooDeep(value: unknown, maxDepth: number): string | null {
  if (typeof value !== 'object' || value === null) return null;
  if (maxDepth === 0) return '';
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const found = findTooDeep(value[index], maxDepth - 1);
      if (found !== null) return `[${index}]${found}`;
    }
    return null;
  }
  for (const [key, child] of Object.entries(value)) {
    const found = findTooDeep(child, maxDepth - 1);
    if (found !== null) return `.${key}${found}`;
  }
  return null;
}
