import type { RowsInput } from '../api/rows.ts';
import type { VisibleProject } from '../api/project.tsx';
import type { Place } from '../state/place.ts';
import { listParam } from '../state/query-param.ts';
import type { QueryParam } from '../state/query-param.ts';
import { resolveTimeRange } from '../state/time-range.ts';
import { readTimeZone } from '../state/time-zone.ts';
import { readTimeRange } from '../state/use-time-range.ts';
import type { ListKind } from './column.ts';
import { readMoment } from './list-moment.ts';
import { columnsOf, kindParam, scopeOf, scopeParam, withKind } from './list-params.ts';
import { sortParam } from './list-sort.ts';
import { toRowsInput } from './rows-input.ts';

/** With one of these, more than the address decides what is asked for. */
const decidedLater = ['q', 'g', 'live'];

/** What a list asks for first, from its address; null where that is no list, or does not say it all. */
export function readFirstRows(
  place: Place,
  search: URLSearchParams,
  project: VisibleProject,
): RowsInput | null {
  const read = <Value>(name: string, param: QueryParam<Value>) => param.parse(search.get(name));
  const kind = kindOf(place, read('k', kindParam));
  if (kind === null || decidedLater.some((name) => search.has(name))) return null;
  const target = read('in', scopeParam);
  const sort = read('s', sortParam);
  return toRowsInput({
    project,
    scope: scopeOf(kind),
    compiled: { filters: withKind(kind, []), texts: [], target: 'session' },
    target: target === 'auto' ? 'session' : target,
    interval: resolveTimeRange(readTimeRange(search), readTimeZone(search), readMoment()),
    sort,
    columns: [...columnsOf(kind, read('c', listParam), sort)],
  });
}

function kindOf({ screen }: Place, kind: ListKind): ListKind | null {
  if (screen === 'sessions') return screen;
  return screen === 'events' ? kind : null;
}
