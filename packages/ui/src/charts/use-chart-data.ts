import { queryOptions, useQueries } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ExploreChart } from 'honeyhive-wire';
import { useCallback, useMemo, useState } from 'react';
import { askTogether } from '../api/ask-together.ts';
import type { Interval } from '../state/time-range.ts';
import type { ListSelection } from '../list/selection-input.ts';
import { toChartData, type ChartData } from './chart-data.ts';
import type { ChartSpec } from './chart-spec.ts';
import { toPeriodBefore, withPeriodBefore } from './compare.ts';
import { isStacked } from './plot-columns.ts';

export interface ChartAnswer {
  /** null before the first answer. */
  readonly data: ChartData | null;
  readonly error: Error | null;
  /** What is shown answers the question before this one. */
  readonly isStale: boolean;
  readonly retry: () => void;
}

type FreshAnswer = Omit<ChartAnswer, 'isStale'>;

export interface ChartQuestion {
  readonly spec: ChartSpec;
  readonly list: ListSelection;
  /** How many fit in the width of the chart. */
  readonly buckets: number;
  /** Whether it is compared with the period before. */
  readonly isCompared: boolean;
  /** Whether counts, sums and averages are scaled to what was sent. */
  readonly isEstimated: boolean;
}

/** The numbers of a chart, over the range and the filter of the screen. */
export function useChartData({ isCompared, ...asked }: ChartQuestion): ChartAnswer {
  const { spec } = asked;
  const { interval } = asked.list;
  const answer = useAnswer({ ...asked, interval });
  const before = useAnswer({
    ...asked,
    interval: isCompared ? toPeriodBefore(interval) : null,
  });
  const length = interval.to - interval.from;
  const data = useMemo(
    () =>
      answer.data && before.data && isCompared
        ? withPeriodBefore(answer.data, before.data, {
            isStacked: isStacked(spec),
            shiftMs: length,
          })
        : answer.data,
    [answer.data, before.data, isCompared, length, spec],
  );
  return usePrevious(spec, { ...answer, data, error: answer.error ?? before.error });
}

/** The answer for an interval; without one nothing is asked. */
function useAnswer({
  spec,
  list,
  buckets,
  isEstimated,
  interval,
}: Omit<ChartQuestion, 'isCompared'> & { readonly interval: Interval | null }): FreshAnswer {
  const { filters, texts } = list.compiled;
  const { aggregations } = spec;
  const project = list.project.id;
  // Memoised: a new array would redraw the chart with every render.
  const combine = useCallback(
    (answers: readonly UseQueryResult<ExploreChart>[]) => combineAnswers(aggregations, answers),
    [aggregations],
  );
  return useQueries({
    queries: aggregations.map((aggregation) => {
      const body = {
        filters: [...filters, ...(spec.filters ?? [])],
        ...(texts.length > 0 && { text: texts.join(' ') }),
        ...(interval ?? list.interval),
        metric: spec.metric,
        aggregation,
        ...(spec.groupBy !== undefined && { group_by: spec.groupBy }),
        ...(isEstimated && { estimated: true }),
        buckets,
        timezone: list.zone,
      };
      return queryOptions({
        queryKey: ['chart', project, body],
        queryFn: ({ signal }) =>
          askTogether({ operation: 'exploreChart', body }, { project, signal }),
        enabled: interval !== null && list.problems.length === 0,
        staleTime: Number.POSITIVE_INFINITY,
      });
    }),
    combine,
  });
}

/** What a chart showed stays until the next answer is there: a page whose charts go away loses its place. */
function usePrevious(spec: ChartSpec, answer: FreshAnswer): ChartAnswer {
  const [previous, setPrevious] = useState({ spec, data: answer.data });
  if (answer.data !== null && answer.data !== previous.data)
    setPrevious({ spec, data: answer.data });
  const isWaiting = answer.data === null && answer.error === null;
  if (!isWaiting || previous.data === null || previous.spec !== spec)
    return { ...answer, isStale: false };
  return { ...answer, data: previous.data, isStale: true };
}

function combineAnswers(
  aggregations: ChartSpec['aggregations'],
  answers: readonly UseQueryResult<ExploreChart>[],
): FreshAnswer {
  const known = answers.flatMap(({ data }, index) =>
    data ? [[aggregations[index] ?? '', data] as const] : [],
  );
  return {
    data: known.length === aggregations.length ? toChartData(known) : null,
    error: answers.find(({ error }) => error !== null)?.error ?? null,
    retry: () => {
      for (const { error, refetch } of answers) if (error) void refetch();
    },
  };
}
