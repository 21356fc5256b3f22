import type { ExploreScope } from 'honeyhive-wire';
import type { Interval } from '../state/time-range.ts';

/** What suggestions and facets are about: a project, what is listed, and when. */
export interface QueryScope {
  readonly project: string;
  readonly scope: ExploreScope;
  readonly interval: Interval;
}
