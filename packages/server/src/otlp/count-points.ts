import { isJsonObject } from '../domain/json-text.ts';
import { toList } from './any-value.ts';
import type { RawItem } from './read-request.ts';

/** The data points of metrics. Each metric has one kind of data, with a list of them. */
export const countPoints = (metrics: readonly RawItem[]): number =>
  metrics.reduce((sum, { raw }) => sum + countIn(raw), 0);

const countIn = (metric: unknown): number =>
  Object.values(isJsonObject(metric) ? metric : {}).reduce(
    (sum: number, data) => sum + (isJsonObject(data) ? toList(data['dataPoints']).length : 0),
    0,
  );
