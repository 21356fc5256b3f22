import type { ListSelection } from '../list/selection-input.ts';
import { addCondition } from '../query/query-edit.ts';
import { printZoned } from '../state/zoned-time.ts';
import { goTo } from '../state/use-place.ts';
import type { ChartData } from './chart-data.ts';
import type { ChartSpec } from './chart-spec.ts';

export interface PickedPoint {
  readonly spec: ChartSpec;
  readonly list: ListSelection;
  readonly data: ChartData;
  readonly bucket: number;
}

/**
 * The events behind a point: the same filter, the time of its bucket; the models' alone where the chart shows those.
 */
export function openEvents({ spec, list, data, bucket }: PickedPoint): void {
  const from = data.starts[bucket];
  if (from === undefined) return;
  const to = data.starts[bucket + 1] ?? data.end;
  const isOfModels = (spec.filters?.length ?? 0) > 0;
  const isOfErrors = spec.metric === 'error';
  const query = isOfErrors
    ? addCondition(list.query, { kind: 'has', key: ['error'], isNegated: false })
    : list.query;
  const params = new URLSearchParams({
    ...(query !== '' && { q: query }),
    ...(isOfModels && { k: 'models' }),
    t: `${printZoned(from, list.zone)}~${printZoned(to, list.zone)}`,
  });
  goTo({ screen: 'events', project: list.project.name }, { query: params.toString() });
}
