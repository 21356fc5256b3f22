import type { SavedView } from 'honeyhive-wire';
import { useMemo } from 'react';
import { InlineError } from '../kit/states.tsx';
import { useNarrowed } from '../list/use-list-query.ts';
import type { ListState } from '../list/use-list-state.ts';
import { setQuery } from '../state/use-query-state.ts';
import { chartsText } from '../text/charts.ts';
import { builderId } from './chart-builder.tsx';
import { ChartPanel } from './chart-panel.tsx';
import { toOwnSpec } from './chart-spec.ts';
import type { ChartSpec, OwnChart } from './chart-spec.ts';
import type { SavedCharts as Saved } from './use-saved-charts.ts';

export interface SavedChartsProps {
  readonly saved: Saved;
  readonly list: ListState;
  readonly buckets: number;
}

/** The charts that somebody saved, each over the query that it was saved with and that of the screen. */
export function SavedCharts({ saved, list, buckets }: SavedChartsProps) {
  const { charts, error, retry, remove } = saved;
  return (
    <>
      {error && <InlineError title={chartsText.savedFailed} error={error} onRetry={retry} />}
      {charts.map((chart) => (
        <SavedChart
          key={chart.id}
          chart={chart}
          list={list}
          buckets={buckets}
          onRemove={() => remove(chart)}
        />
      ))}
    </>
  );
}

interface SavedChartProps {
  readonly chart: SavedView & { readonly chart: OwnChart };
  readonly list: ListState;
  readonly buckets: number;
  readonly onRemove: () => void;
}

function SavedChart({
  chart: { id, name, query, chart },
  list,
  buckets,
  onRemove,
}: SavedChartProps) {
  const narrowed = useNarrowed(list, query);
  const { metric, aggregation, group_by: group } = chart;
  const spec = useMemo<ChartSpec>(() => toOwnSpec({ id, title: name }, chart), [id, name, chart]);
  return (
    <ChartPanel
      spec={spec}
      list={narrowed}
      buckets={buckets}
      {...(query !== '' && { note: query })}
      actions={[
        { kind: 'separator' },
        {
          label: chartsText.change,
          onSelect: () => {
            setQuery({ m: metric, a: aggregation, g: group ?? null, q: narrowed.query || null });
            document.querySelector(`#${builderId}`)?.scrollIntoView({ block: 'nearest' });
          },
        },
        { label: chartsText.remove, look: 'danger', onSelect: onRemove },
      ]}
    />
  );
}
