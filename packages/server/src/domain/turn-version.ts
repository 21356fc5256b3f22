/** Rows of one event in one commit: a new version, and a tombstone at each place that it leaves. */
export const versionsOfTurn = 4_096;

/**
 * The version of a row that a turn writes: higher than all of earlier turns.
 *
 * @param place of the row among those of the same event
 */
export const versionOf = (turn: number, place: number): number =>
  turn * versionsOfTurn + Math.min(place, versionsOfTurn - 1);
