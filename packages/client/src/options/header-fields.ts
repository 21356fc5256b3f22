// RFC 9110 section 5.6.2, token; section 5.5, field-content.
const fieldName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/;

// These frame the message: only what sends it knows them.
const framing = new Set([
  'connection',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/** Headers by lower-case name, or what is wrong with them. Values are never repeated: they may be secrets. */
export type HeaderFields =
  | { readonly headers: Readonly<Record<string, string>> }
  | { readonly problem: string };

/** Check headers that a caller gives. */
export function parseHeaderFields(value: unknown): HeaderFields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { problem: 'must be an object of strings by header name' };
  }
  const headers: Record<string, string> = {};
  for (const [name, text] of Object.entries(value)) {
    if (text === undefined) continue;
    if (!fieldName.test(name))
      return { problem: `has the name ${JSON.stringify(name)}, which is not that of a header` };
    const key = name.toLowerCase();
    if (framing.has(key)) return { problem: `has ${key}, which the client sets itself` };
    if (typeof text !== 'string' || !fieldValue.test(text)) {
      return { problem: `has a value for ${key} that is not text of one line` };
    }
    headers[key] = text;
  }
  return { headers };
}
