const allowed = new Set(['http:', 'https:', 'mailto:']);

/**
 * An address out of stored content that a person may follow; null for all others. Not a relative one either: it would
 * lead somewhere within this application.
 */
export function toSafeLink(address: string): string | null {
  // A browser drops these before it reads the scheme.
  const trimmed = address.replaceAll(/[\p{Cc}\s]/gu, '');
  if (!/^[a-z][a-z0-9+.-]*:/i.test(trimmed)) return null;
  if (!URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  return allowed.has(url.protocol) ? url.href : null;
}
