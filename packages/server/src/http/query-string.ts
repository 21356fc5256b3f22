/** Parameters of a query string: text, lists and nested objects. */
export type QueryValue = string | QueryValue[] | { [name: string]: QueryValue };

/**
 * A query string as clients write them: `k=a&k=b`, `k[]=a`, `k[0]=a`, `dateRange[$gte]=…`.
 * Source: docs/contract.md, "Requests".
 */
export function parseQueryString(text: string): Record<string, QueryValue> {
  const found = new Map<string, QueryValue>();
  for (const [name, value] of new URLSearchParams(text)) {
    const bracket = /^([^[\]]+)\[([^[\]]*)\]$/.exec(name);
    const [key, inner] = bracket ? [bracket[1] ?? name, bracket[2]] : [name, undefined];
    const before = found.get(key);
    if (inner === undefined)
      found.set(key, before === undefined ? value : [...asList(before), value]);
    else if (/^\d*$/.test(inner))
      found.set(key, [...(before === undefined ? [] : asList(before)), value]);
    else found.set(key, { ...(isObject(before) ? before : {}), [inner]: value });
  }
  return Object.fromEntries(found);
}

const asList = (value: QueryValue): QueryValue[] => (Array.isArray(value) ? value : [value]);

const isObject = (value: QueryValue | undefined): value is { [name: string]: QueryValue } =>
  typeof value === 'object' && !Array.isArray(value);
