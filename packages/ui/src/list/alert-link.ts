import { goTo } from '../state/use-place.ts';

/** What of a chart, a view or a facet an alert is begun with. */
export interface AlertStart {
  readonly query?: string;
  readonly metric?: string;
  /** As a chart names it. */
  readonly aggregation?: string;
  readonly groupBy?: string;
  readonly name?: string;
}

/** Goes to the form of a new alert, filled in with what is known. */
export function startAlert(project: string, start: AlertStart): void {
  goTo({ screen: 'alerts', project, rest: ['new'] }, { query: printStart(start) });
}

/** The same as the query of an address. */
export function printStart({ query, metric, aggregation, groupBy, name }: AlertStart): string {
  const given = { q: query, m: metric, a: aggregation, g: groupBy, n: name };
  return new URLSearchParams(
    Object.entries(given).flatMap(([key, value]) =>
      value === undefined || value === '' ? [] : [[key, value]],
    ),
  ).toString();
}
