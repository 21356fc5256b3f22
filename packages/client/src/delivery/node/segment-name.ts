/** What the name of a spool file says. */
export interface SegmentName {
  /** Sorts files by when they were begun. */
  readonly order: string;
  /** The process that writes to it. */
  readonly owner: string;
  readonly id: string;
}

export const toFileName = ({ order, owner, id }: SegmentName): string =>
  `${order}_${owner}_${id}.spool`;

/** null: not a file of a spool. */
export function parseFileName(file: string): SegmentName | null {
  const [, order, owner, id] = /^(\d+-\d+)_([\w.]+)_([\w-]+)\.spool$/.exec(file) ?? [];
  return order === undefined || owner === undefined || id === undefined
    ? null
    : { order, owner, id };
}

/** @param now epoch milliseconds */
export const toOrder = (now: number, place: number): string =>
  `${String(now).padStart(15, '0')}-${String(place).padStart(9, '0')}`;
