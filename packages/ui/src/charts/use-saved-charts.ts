import type { SavedView } from 'honeyhive-wire';
import type { ListSelection } from '../list/selection-input.ts';
import { useSavedViews } from '../list/use-saved-views.ts';
import { randomId } from '../state/random-id.ts';
import { printTimeRange } from '../state/time-range.ts';
import type { OwnChart } from './chart-spec.ts';

/** The saved charts of a project: saved views that have a chart. */
export function useSavedCharts({ project, scope, query, range }: ListSelection) {
  const { views, error, retry, save, remove } = useSavedViews(project);
  return {
    charts: views.filter(isChart),
    error,
    retry,
    saveError: save.error ?? remove.error,
    /** What the builder shows, over the query of the screen. */
    save(name: string, chart: OwnChart) {
      const shown = { scope, query, range: printTimeRange(range), columns: [], sort: null };
      save.mutate({ id: randomId(), content: { name, ...shown, chart } });
    },
    remove: (chart: SavedView) => remove.mutate(chart),
  };
}

export type SavedCharts = ReturnType<typeof useSavedCharts>;

const isChart = (view: SavedView): view is SavedView & { readonly chart: OwnChart } =>
  view.chart !== undefined;
