import type { WordMatch } from '../../../domain/explore-query.ts';
import { weighCells } from './event-cells.ts';
import type { Cell } from './event-cells.ts';
import type { EventPosition } from './event-positions.ts';
import { HourCache } from './hour-cache.ts';
import type { HourRows } from './merged-hours.ts';
import type { ProjectCount } from './project-counts.ts';
import type { WrittenHours } from './written-hours.ts';

/** About 20 MB when full: 28 different questions about a year of hours. */
const maxTallies = 250_000;
/** About 20 MB when full. */
const maxPositions = 100_000;
/** Bytes: about what the charts screen of 30 days and six million events takes. */
const maxCellWeight = 64 * 1024 ** 2;
/** About 10 MB when full. */
const maxHourRows = 100_000;
const maxProjectCounts = 100_000;
/** About 20 MB when full. */
const maxRootless = 200_000;

/** Matches; with what stands around each, about 40 MB when full. */
const maxMatches = 100_000;

/** Cached results of hours. */
export interface HourCaches {
  readonly written: WrittenHours;
  readonly tallies: HourCache<number>;
  readonly places: HourCache<readonly EventPosition[]>;
  readonly cells: HourCache<readonly Cell[]>;
  readonly hourRows: HourCache<HourRows>;
  readonly projectCounts: HourCache<readonly ProjectCount[]>;
  /** Sessions with events in a unit of hours, but without their root. */
  readonly rootless: HourCache<readonly string[]>;
  /** Events that have the words of a search; null for too many. */
  readonly matches: HourCache<readonly WordMatch[] | null>;
}

/** The same caches, for reads of one turn. */
export const cachesForTurn = (caches: HourCaches, catchUp: () => Promise<void>): HourCaches => ({
  written: caches.written,
  tallies: caches.tallies.forTurn(catchUp),
  places: caches.places.forTurn(catchUp),
  cells: caches.cells.forTurn(catchUp),
  hourRows: caches.hourRows.forTurn(catchUp),
  projectCounts: caches.projectCounts.forTurn(catchUp),
  rootless: caches.rootless.forTurn(catchUp),
  matches: caches.matches.forTurn(catchUp),
});

export const createHourCaches = (written: WrittenHours): HourCaches => ({
  written,
  tallies: new HourCache(written, () => 1, maxTallies),
  places: new HourCache(written, (places) => 1 + places.length, maxPositions),
  cells: new HourCache(written, weighCells, maxCellWeight),
  hourRows: new HourCache(written, () => 1, maxHourRows),
  projectCounts: new HourCache(written, (counts) => 1 + counts.length, maxProjectCounts),
  rootless: new HourCache(written, (sessionIds) => 1 + sessionIds.length, maxRootless),
  matches: new HourCache(written, (matches) => 1 + (matches?.length ?? 0), maxMatches),
});
