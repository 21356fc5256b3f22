import { useQuery } from '@tanstack/react-query';
import type { Alert } from 'honeyhive-wire';
import { useMemo } from 'react';
import { alertsQuery } from '../alerting/alert-queries.ts';
import { chartAggregations, metricOf, windowMs } from '../alerting/alert-words.ts';
import { printFilters } from '../alerting/filter-text.ts';
import type { ListSelection } from '../list/selection-input.ts';
import type { ChartData } from './chart-data.ts';
import type { ChartSpec } from './chart-spec.ts';

const none: readonly number[] = [];

/** Thresholds of the alerts that watch a chart: the same events, number and grouping. */
export function useThresholds(
  spec: ChartSpec,
  list: ListSelection,
  data: ChartData | null,
): readonly number[] {
  const { data: alerts } = useQuery({ ...alertsQuery(list.project.id), refetchInterval: false });
  const widthMs = data === null ? 0 : (data.starts[1] ?? data.end) - (data.starts[0] ?? data.end);
  return useMemo(() => {
    const found = alerts?.data.flatMap((alert) =>
      watches(alert, { spec, list, widthMs }) && alert.thresholds
        ? [alert.thresholds.critical.value]
        : [],
    );
    return found && found.length > 0 ? found : none;
  }, [alerts, spec, list, widthMs]);
}

interface Watched {
  readonly spec: ChartSpec;
  readonly list: Pick<ListSelection, 'compiled'>;
  /** Of a bucket, milliseconds. */
  readonly widthMs: number;
}

function watches(alert: Alert, { spec, list, widthMs }: Watched): boolean {
  const { filters, texts } = list.compiled;
  return (
    isPlain(alert) &&
    isOfNumber(alert, spec) &&
    isOfLength(alert, widthMs) &&
    texts.length === 0 &&
    (alert.group_by ?? undefined) === spec.groupBy &&
    printFilters(alert.filters) === printFilters([...filters, ...(spec.filters ?? [])])
  );
}

/** Whether it is about a number as charts have it. */
const isPlain = ({ alert_type: type, ratio, status }: Alert): boolean =>
  type === 'AGGREGATE' && ratio === null && status !== 'PAUSED';

const isOfNumber = (alert: Alert, { metric, aggregations }: ChartSpec): boolean =>
  metricOf(alert) === metric && aggregations.includes(chartAggregations[alert.aggregation]);

/** What adds up over time is another number in buckets of another length. */
const isOfLength = ({ aggregation, window }: Alert, widthMs: number): boolean =>
  !['COUNT', 'SUM'].includes(aggregation) || windowMs(window) === widthMs;
