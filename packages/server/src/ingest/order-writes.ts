import type { Write } from './write.ts';

/** Arrival order, except that patches of one event which carry their client's clock follow that clock. */
export function orderWrites(writes: readonly Write[]): number[] {
  const order = writes.map((_, index) => index);
  const timed = new Map<string, number[]>();
  for (const [index, write] of writes.entries()) {
    if (write.kind !== 'patch' || write.clientTimeNs === null) continue;
    timed.set(write.eventId, [...(timed.get(write.eventId) ?? []), index]);
  }
  const timeOf = (index: number): bigint => {
    const write = writes[index];
    return write?.kind === 'patch' ? (write.clientTimeNs ?? 0n) : 0n;
  };
  for (const places of timed.values()) {
    const sorted = places.toSorted((a, b) =>
      timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : a - b,
    );
    for (const [position, place] of places.entries()) order[place] = sorted[position] ?? place;
  }
  return order;
}
