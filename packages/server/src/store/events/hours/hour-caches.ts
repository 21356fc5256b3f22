import type { ChartPoint } from '../../../domain/event-store.ts';
import type { EventPosition } from './event-positions.ts';
import { HourCache } from './hour-cache.ts';
import type { ProjectCount } from './project-counts.ts';
import type { WrittenHours } from './written-hours.ts';

/** About 40 MB when full: 57 different questions about a year of hours. */
const maxTallies = 500_000;
/** About 20 MB when full. */
const maxPositions = 100_000;
/** About 30 MB when full. */
const maxPoints = 200_000;
const maxProjectCounts = 200_000;
/** About 20 MB when full. */
const maxRootless = 200_000;

/** Cached results of hours. */
export interface HourCaches {
  readonly tallies: HourCache<number>;
  readonly places: HourCache<readonly EventPosition[]>;
  readonly points: HourCache<readonly ChartPoint[]>;
  readonly projectCounts: HourCache<readonly ProjectCount[]>;
  /** Sessions with events in a unit of hours, but without their root. */
  readonly rootless: HourCache<readonly string[]>;
}

export const createHourCaches = (written: WrittenHours): HourCaches => ({
  tallies: new HourCache(written, () => 1, maxTallies),
  places: new HourCache(written, (places) => 1 + places.length, maxPositions),
  points: new HourCache(written, (points) => 1 + points.length, maxPoints),
  projectCounts: new HourCache(written, (counts) => 1 + counts.length, maxProjectCounts),
  rootless: new HourCache(written, (sessionIds) => 1 + sessionIds.length, maxRootless),
});
