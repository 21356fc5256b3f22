import { limits } from 'honeyhive-wire';
import type { EventCondition, EventFilter } from './event-query.ts';

/**
 * Beyond this, a path goes through one array at most, because the ways through two grow with the square of its length;
 * and a key with dots is followed by no others.
 */
export const maxSegmentsForTwoArrays = 6;

const isNumber = (segment: string): boolean => /^\d{1,6}$/.test(segment);

/** Ways that a path may take through a bucket, see `json-path.ts` of the store. */
function countRoutes(segments: readonly string[]): number {
  const length = segments.length;
  const pairs = length > maxSegmentsForTwoArrays ? 0 : (length * (length - 1)) / 2;
  const elements = segments.slice(1).some(isNumber) ? length : 0;
  const dotted = length > maxSegmentsForTwoArrays ? 0 : Math.max(0, length - 2);
  return 1 + length + pairs + elements + dotted + 2 * (length - 1);
}

/** What a filter costs to check, in ways that its path may take; 1 for a field of the event itself. */
export const costOfFilter = ({ path }: Pick<EventFilter, 'path'>): number =>
  path.length <= 1 ? 1 : countRoutes(path.slice(1));

/** What is wrong with the conditions as a whole; null when they are cheap enough. */
export function findTooCostly(conditions: readonly EventCondition[]): string | null {
  const filters = conditions.flatMap((one) => ('anyOf' in one ? one.anyOf : [one]));
  const costs = filters.map(costOfFilter);
  const cost = costs.reduce((sum, each) => sum + each, 0);
  if (cost <= limits.filterCost) return null;
  const most = Math.max(...costs);
  const longest = filters.find((_, index) => costs[index] === most)?.path.length ?? 0;
  return `the filters cost ${cost}, at most ${limits.filterCost} is allowed: a path of ${longest} segments costs ${most}; send fewer filters or shorter paths`;
}
