/**
 * Text as a database keeps it: the inside of a JSON string. SQLite's binding cuts text at a NUL, PostgreSQL refuses
 * one, and neither keeps a lone surrogate. Two texts are equal when their stored forms are.
 */
export const toStoredText = (text: string): string => JSON.stringify(text).slice(1, -1);

export const fromStoredText = (stored: string): string => {
  if (!stored.includes('\\')) return stored;
  return String(JSON.parse(`"${stored}"`));
};

/** The object that a JSON column holds, with its own `__proto__` where it has one. */
export function parseStoredObject(stored: string): Record<string, unknown> {
  const value: unknown = JSON.parse(stored);
  return isRecord(value) ? value : {};
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
