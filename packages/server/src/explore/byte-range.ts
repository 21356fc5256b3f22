/** Bytes of a whole: both inclusive. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The one range that a `range` header asks for.
 *
 * @returns null when all is to be sent: no header, several ranges, or one that cannot be read (RFC 9110 section 14.2);
 *   `'unsatisfiable'` when it lies beyond the end
 */
export function readRange(
  header: string | undefined,
  size: number,
): ByteRange | 'unsatisfiable' | null {
  const suffix = /^bytes=-(\d{1,15})$/.exec(header ?? '');
  if (suffix) return within(size - Number(suffix[1]), size - 1, size);
  const [, from, to] = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (from === undefined) return null;
  const last = to ? Number(to) : size - 1;
  return to && last < Number(from) ? null : within(Number(from), last, size);
}

function within(from: number, to: number, size: number): ByteRange | 'unsatisfiable' {
  const [first, last] = [Math.max(0, from), Math.min(to, size - 1)];
  return first > last ? 'unsatisfiable' : { first, last };
}
