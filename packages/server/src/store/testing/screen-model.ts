import type {
  DurationSpread,
  GroupsQuery,
  HistogramPoint,
  RowGroup,
  SeriesQuery,
} from '../../domain/explore-chart.ts';
import { stepsPerDoubling } from '../../domain/explore-chart.ts';
import type { ExploreQuery } from '../../domain/explore-query.ts';
import type { FieldSighting } from '../../domain/field-catalogue.ts';
import { parseBucket } from '../../domain/json-text.ts';
import type { StoredEvent } from '../../domain/stored-event.ts';
import { useBits } from '../../domain/use-tree.ts';
import type { StoreModel } from './store-model.ts';

type Field = 'event_name' | 'model' | 'event_type';
type Metric = 'duration' | 'total_tokens' | 'error';

const fields: Readonly<Record<Field, (row: StoredEvent) => string | null>> = {
  event_name: ({ eventName }) => eventName,
  event_type: ({ eventType }) => eventType,
  model: ({ model }) => (model === '' ? null : model),
};

const hasError = ({ error }: StoredEvent): boolean => error !== null;
const isCounted = ({ repeatedUse }: StoredEvent, bit: number): boolean => (repeatedUse & bit) === 0;
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

const byText = (a: string | null, b: string | null): number =>
  a === null || b === null ? Number(a === null) - Number(b === null) : a < b ? -1 : Number(a > b);

/** A series as the store answers it, points as pairs. */
export interface PlainSeries {
  readonly group: { readonly value: string | null } | 'others';
  readonly total: number | null;
  readonly count: number;
  readonly points: readonly (readonly [start: number, value: number])[];
}

/** What the screens of the web UI ask, said as plainly as possible: the store's answers are held against it. */
export class ScreenModel {
  readonly #model: StoreModel;

  constructor(model: StoreModel) {
    this.#model = model;
  }

  /** Newest first. */
  rows({ projectId, scope, filters, fromMs, beforeMs }: ExploreQuery): StoredEvent[] {
    return this.#model
      .list({ projectIds: [projectId], filters, rootsOnly: scope === 'sessions' })
      .filter(({ startTime }) => startTime >= (fromMs ?? 0) && startTime < (beforeMs ?? Infinity));
  }

  /** Of the metadata, whose values are texts, numbers or lists of them; most frequent first. */
  metadataFields(rows: ExploreQuery): FieldSighting[] {
    const seen = this.rows(rows).flatMap((row) =>
      Object.entries(parseBucket(row.metadata)).map(([name, value]) => ({
        row,
        path: `metadata.${name}`,
        type: [value].flat().some((one) => typeof one === 'number') ? 'number' : 'string',
      })),
    );
    return [...new Set(seen.map(({ path }) => path))]
      .map((path) => ({ path, found: seen.filter((one) => one.path === path) }))
      .map(({ path, found }): FieldSighting => ({
        path,
        type: found[0]?.type === 'number' ? 'number' : 'string',
        count: found.length,
        rootCount: found.filter(({ row }) => row.eventId === row.sessionId).length,
        lastSeen: Math.max(...found.map(({ row }) => row.startTime)),
      }))
      .toSorted((a, b) => b.count - a.count || byText(a.path, b.path));
  }

  histogram(rows: ExploreQuery, starts: readonly number[]): HistogramPoint[] {
    const found = this.rows(rows);
    return starts.flatMap((start, index) => {
      const inBucket = found.filter((row) => isBetween(row, start, starts[index + 1]));
      const error = inBucket.filter((row) => this.#isFailed(row, rows)).length;
      return inBucket.length === 0 ? [] : [{ start, ok: inBucket.length - error, error }];
    });
  }

  #isFailed(row: StoredEvent, { scope, projectId }: ExploreQuery): boolean {
    if (scope === 'events') return hasError(row);
    return this.#model.session([projectId], row.sessionId).some(hasError);
  }

  series(
    query: Pick<SeriesQuery, 'rows' | 'starts' | 'top'> & {
      readonly metric: Metric;
      readonly groupBy: Field | null;
      readonly aggregation: keyof typeof aggregates;
      readonly isEstimated: boolean;
    },
  ): { series: PlainSeries[]; groupCount: number } {
    const { groupBy } = query;
    const isScaled = query.isEstimated && ['count', 'sum', 'avg'].includes(query.aggregation);
    const numbered = this.rows(query.rows).flatMap((row) => {
      const number = numberOf(row, query);
      const weight = !isScaled ? 1 : row.sampleRate > 0 ? 1 / row.sampleRate : 0;
      return number === null || weight === 0 ? [] : [{ row, number, weight }];
    });
    const groupOf = (row: StoredEvent): string | null => (groupBy ? fields[groupBy](row) : null);
    const names = [...new Set(numbered.map(({ row }) => groupOf(row)))];
    const sized = names
      .map((name) => ({ name, rows: numbered.filter(({ row }) => groupOf(row) === name) }))
      .toSorted((a, b) => sizesOf(b.rows) - sizesOf(a.rows) || byText(a.name, b.name));
    const toSeries = (group: PlainSeries['group'], rows: typeof numbered): PlainSeries => ({
      group,
      total: aggregates[query.aggregation](rows),
      count: sizesOf(rows),
      points: query.starts.flatMap((start, index) => {
        const inBucket = rows.filter(({ row }) => isBetween(row, start, query.starts[index + 1]));
        return inBucket.length === 0 ? [] : [[start, aggregates[query.aggregation](inBucket)]];
      }),
    });
    const others = sized.slice(query.top).flatMap(({ rows }) => rows);
    return {
      series: [
        ...sized.slice(0, query.top).map(({ name, rows }) => toSeries({ value: name }, rows)),
        ...(others.length === 0 ? [] : [toSeries('others', others)]),
      ],
      groupCount: sized.length,
    };
  }

  /** Of events, in the order of the sort. */
  groups(rows: ExploreQuery, groupBy: Field, sort: GroupsQuery['sort']): RowGroup[] {
    const found = this.rows(rows);
    const names = [...new Set(found.map(fields[groupBy]))];
    const groups = names.map((value): RowGroup => {
      const members = found.filter((row) => fields[groupBy](row) === value);
      const durations = members.map(({ durationMs }) => durationMs).filter((ms) => ms > 0);
      const used = (bit: number) => members.filter((row) => isCounted(row, bit));
      return {
        value,
        count: members.length,
        errorCount: members.filter(hasError).length,
        p50Ms: durations.length === 0 ? null : quantile(durations, 0.5),
        p95Ms: durations.length === 0 ? null : quantile(durations, 0.95),
        totalTokens: sum(used(useBits.tokens).map(({ totalTokens }) => totalTokens)),
        costUsd: sum(used(useBits.cost).map(({ costUsd }) => costUsd)),
      };
    });
    const sign = sort.isDescending ? -1 : 1;
    const numberIn = (group: RowGroup): number =>
      sort.field === 'error_count' ? group.errorCount : group.count;
    return groups.toSorted(
      (a, b) => sign * (numberIn(a) - numberIn(b)) || byText(a.value, b.value),
    );
  }

  values(
    rows: ExploreQuery,
    { path, countsSessions }: { path: Field; countsSessions: boolean },
  ): { value: string; count: number }[] {
    const found = this.rows(rows);
    const names = [...new Set(found.map(fields[path]))];
    return names
      .flatMap((value) => {
        const members = found.filter((row) => fields[path](row) === value);
        const ids = members.map((row) => (countsSessions ? row.sessionId : row.eventId));
        return value === null ? [] : [{ value, count: new Set(ids).size }];
      })
      .toSorted((a, b) => b.count - a.count || byText(a.value, b.value));
  }

  durations(rows: ExploreQuery, durationMs: number): DurationSpread {
    const all = this.rows(rows)
      .map((row) => row.durationMs)
      .filter((ms) => ms > 0);
    const stepOf = (ms: number): number => Math.floor(Math.log2(ms) * stepsPerDoubling);
    const steps = [...new Set(all.map(stepOf))].toSorted((a, b) => a - b);
    return {
      count: all.length,
      shorter: all.filter((ms) => ms < durationMs).length,
      equal: all.filter((ms) => ms === durationMs).length,
      bars: steps.map((step) => ({ step, count: all.filter((ms) => stepOf(ms) === step).length })),
    };
  }
}

const isBetween = ({ startTime }: StoredEvent, from: number, before = Infinity): boolean =>
  startTime >= from && startTime < before;

function numberOf(
  row: StoredEvent,
  { metric, aggregation }: { metric: Metric; aggregation: string },
): number | null {
  if (metric === 'error') return hasError(row) ? 1 : 0;
  if (metric === 'duration') return row.durationMs;
  const isLeftOut = aggregation === 'sum' && !isCounted(row, useBits.tokens);
  return row.totalTokens === 0 || isLeftOut ? null : row.totalTokens;
}

function quantile(numbers: readonly number[], level: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const rank = level * (sorted.length - 1) + 1;
  const place = Math.floor(rank);
  const lower = sorted[place - 1] ?? Number.NaN;
  return lower + (rank - place) * ((sorted[place] ?? lower) - lower);
}

/** A number of a row, and how many rows that row stands for. */
interface Weighed {
  readonly number: number;
  readonly weight: number;
}

const sizesOf = (rows: readonly Weighed[]): number => sum(rows.map(({ weight }) => weight));
const weighedSum = (rows: readonly Weighed[]): number =>
  sum(rows.map(({ number, weight }) => number * weight));
const numbersOf = (rows: readonly Weighed[]): number[] => rows.map(({ number }) => number);

const aggregates = {
  count: sizesOf,
  sum: weighedSum,
  avg: (rows: readonly Weighed[]): number => weighedSum(rows) / sizesOf(rows),
  min: (rows: readonly Weighed[]): number => Math.min(...numbersOf(rows)),
  max: (rows: readonly Weighed[]): number => Math.max(...numbersOf(rows)),
  p50: (rows: readonly Weighed[]): number => quantile(numbersOf(rows), 0.5),
  p95: (rows: readonly Weighed[]): number => quantile(numbersOf(rows), 0.95),
};
