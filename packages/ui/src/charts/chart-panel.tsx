import { Ellipsis } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { formatDuration } from '../format/duration.ts';
import { formatCount } from '../format/number.ts';
import { formatLocal } from '../format/time.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { Menu } from '../kit/menu.tsx';
import type { MenuItem } from '../kit/menu-item.ts';
import { Skeleton } from '../kit/skeleton.tsx';
import { InlineError } from '../kit/states.tsx';
import { printFilters } from '../alerting/filter-text.ts';
import { startAlert } from '../list/alert-link.ts';
import { markRange } from '../list/mark-range.ts';
import type { ListSelection } from '../list/selection-input.ts';
import { chartsText } from '../text/charts.ts';
import { compareName } from './compare-toggle.tsx';
import { describeChart, isEmpty, toCsv, type ChartData } from './chart-data.ts';
import { ChartLegend } from './chart-legend.tsx';
import type { ChartSpec } from './chart-spec.ts';
import { ChartTable } from './chart-table.tsx';
import styles from './charts.module.css';
import { downloadText } from './download-text.ts';
import { estimateName } from './estimate-toggle.tsx';
import { formatValue } from '../format/chart-value.ts';
import { openEvents } from './open-events.ts';
import { isStacked } from './plot-columns.ts';
import { Plot } from './plot.tsx';
import { pickColours } from './series-colour.ts';
import { flagParam } from '../state/query-param.ts';
import { useQueryState } from '../state/use-query-state.ts';
import { useChartData } from './use-chart-data.ts';
import { useThresholds } from './use-thresholds.ts';

export interface ChartPanelProps {
  readonly spec: ChartSpec;
  readonly list: ListSelection;
  /** Most buckets wanted. */
  readonly buckets: number;
  /** Under the title. */
  readonly note?: string;
  /** What else can be done with it. */
  readonly actions?: readonly MenuItem[];
}

/** A chart with its numbers in words and as a table. */
export function ChartPanel({ spec, list, buckets, note, actions = [] }: ChartPanelProps) {
  const [isCompared] = useQueryState(compareName, flagParam);
  const [isEstimated] = useQueryState(estimateName, flagParam);
  const { data, error, isStale, retry } = useChartData({
    spec,
    list,
    buckets,
    isCompared,
    isEstimated,
  });
  const [isTable, setTable] = useState(false);
  const titleId = useId();
  return (
    <section aria-labelledby={titleId} className={styles.panel} aria-busy={isStale}>
      <div className={styles.head}>
        <h2 id={titleId}>{spec.title}</h2>
        <Menu
          label={`${chartsText.more}: ${spec.title}`}
          align="end"
          trigger={(props) => (
            <IconButton
              {...props}
              label={`${chartsText.more}: ${spec.title}`}
              icon={<Ellipsis />}
            />
          )}
          items={[
            {
              label: isTable ? chartsText.asChart : chartsText.asTable,
              onSelect: () => setTable(!isTable),
            },
            {
              label: chartsText.download,
              isDisabled: data === null,
              onSelect: () => data && downloadText(`${spec.id}.csv`, toCsv(data), 'text/csv'),
            },
            { label: chartsText.alert, onSelect: () => alertOn(spec, list) },
            ...actions,
          ]}
        />
      </div>
      {note !== undefined && <p className={styles.note}>{note}</p>}
      {error && <InlineError title={chartsText.failed} error={error} onRetry={retry} />}
      {!data && !error && <Skeleton rows={5} />}
      {data && <Content spec={spec} list={list} data={data} isTable={isTable} />}
    </section>
  );
}

/** Begins an alert on what a chart shows. */
function alertOn(
  { title, metric, aggregations, groupBy, filters = [] }: ChartSpec,
  list: ListSelection,
) {
  const ofChart = printFilters(filters) ?? '';
  startAlert(list.project.name, {
    name: title,
    query: [list.query, ofChart].filter((part) => part !== '').join(' '),
    metric,
    aggregation: aggregations.includes('p95') ? 'p95' : (aggregations[0] ?? 'avg'),
    ...(groupBy !== undefined && { groupBy }),
  });
}

function Content({ isTable, ...drawn }: DrawnProps & { readonly isTable: boolean }) {
  const { spec, list, data } = drawn;
  if (isEmpty(data)) return <p className={styles.empty}>{chartsText.nothing}</p>;
  if (!isTable) return <Drawn {...drawn} />;
  return (
    <>
      {data.isEstimated && <p className={styles.note}>{chartsText.estimated}</p>}
      <ChartTable title={spec.title} data={data} unit={spec.unit} zone={list.zone} />
    </>
  );
}

interface DrawnProps {
  readonly spec: ChartSpec;
  readonly list: ListSelection;
  readonly data: ChartData;
}

function Drawn({ spec, list, data }: DrawnProps) {
  const [bucket, setBucket] = useState<number | null>(null);
  const [isByKeys, setByKeys] = useState(false);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(() => new Set());
  const thresholds = useThresholds(spec, list, data);
  const colours = useMemo(() => {
    const names = data.lines.map(({ name }) => name);
    // Errors are of one colour wherever they are.
    return spec.metric === 'error' && names.length === 1 ? ['--error'] : pickColours(names);
  }, [data, spec.metric]);
  const pick = (index: number) => openEvents({ spec, list, data, bucket: index });
  const onKeyDown = (event: KeyboardEvent) => {
    const last = data.starts.length - 1;
    if (event.key === 'Enter' && bucket !== null) return pick(bucket);
    const next = nextBucket(event.key, bucket ?? last, last);
    if (next === null) return;
    event.preventDefault();
    setByKeys(true);
    setBucket(next);
  };
  return (
    <>
      <p className={styles.caption}>
        {bucket === null
          ? [
              describeShown(data),
              ...thresholds.map((value) => chartsText.threshold(formatValue(spec.unit, value))),
            ].join(', ')
          : formatLocal(data.starts[bucket] ?? 0, list.zone, 'minutes')}
      </p>
      <div
        role="slider"
        tabIndex={0}
        aria-label={describeChart(spec.title, data, (value) => formatValue(spec.unit, value))}
        aria-valuemin={0}
        aria-valuemax={data.starts.length - 1}
        aria-valuenow={bucket ?? data.starts.length - 1}
        aria-valuetext={readBucket(spec, data, { bucket, zone: list.zone })}
        className={styles.frame}
        onKeyDown={onKeyDown}
        onBlur={() => setByKeys(false)}
      >
        <Plot
          data={data}
          unit={spec.unit}
          isStacked={isStacked(spec)}
          timeZone={list.zone}
          colours={colours}
          hidden={hidden}
          thresholds={thresholds}
          reading={isByKeys ? bucket : null}
          onRead={setBucket}
          onPick={pick}
          onMark={(interval) => markRange(list, interval)}
        />
      </div>
      <ChartLegend
        data={data}
        unit={spec.unit}
        colours={colours}
        bucket={bucket}
        hidden={hidden}
        onHide={setHidden}
      />
    </>
  );
}

/** What a bar or a point is of, and how many of the groups there are. */
function describeShown({ starts, end, lines, groupCount, isEstimated }: ChartData): string {
  return [
    chartsText.per(formatDuration((starts[1] ?? end) - (starts[0] ?? end))),
    ...(groupCount <= lines.length
      ? []
      : [chartsText.shown(formatCount(lines.length - 1), formatCount(groupCount))]),
    ...(isEstimated ? [chartsText.estimated] : []),
  ].join(', ');
}

const steps: Readonly<Record<string, (bucket: number, last: number) => number>> = {
  ArrowLeft: (bucket) => bucket - 1,
  ArrowRight: (bucket) => bucket + 1,
  Home: () => 0,
  End: (_bucket, last) => last,
};

function nextBucket(key: string, bucket: number, last: number): number | null {
  const step = steps[key];
  return step ? Math.min(last, Math.max(0, step(bucket, last))) : null;
}

/** What the lines say at one bucket. */
function readBucket(
  spec: ChartSpec,
  data: ChartData,
  { bucket, zone }: { readonly bucket: number | null; readonly zone: string },
): string {
  const start = data.starts[bucket ?? -1];
  if (bucket === null || start === undefined) return chartsText.reader;
  const values = data.lines.map(
    ({ name, values: list }) => `${name} ${formatValue(spec.unit, list[bucket] ?? null)}`,
  );
  return `${formatLocal(start, zone, 'minutes')}: ${values.join(', ')}`;
}
