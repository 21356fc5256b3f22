import type { SavedView } from 'honeyhive-wire';

/** What a saved view keeps, as the address has it; null: the default. */
export interface ViewState {
  readonly q: string;
  readonly s: string | null;
  readonly c: readonly string[];
  readonly t: string;
}

export const toViewState = (
  view: SavedView,
  printSort: (sort: SavedView['sort']) => string | null,
): ViewState => ({
  q: view.query,
  s: printSort(view.sort),
  c: view.columns,
  t: view.range,
});

/** Whether what is on the screen is no longer what was saved. */
export const isModified = (saved: ViewState, shown: ViewState): boolean =>
  saved.q !== shown.q ||
  saved.s !== shown.s ||
  saved.t !== shown.t ||
  saved.c.length !== shown.c.length ||
  saved.c.some((id, index) => id !== shown.c[index]);
