import type { ExploreRow, ExploreSessionRow, RowsPage } from 'honeyhive-wire';

/** A row of a list. */
export type Row = ExploreRow | ExploreSessionRow;

/** How many rows there are in all, those on pages that are not loaded too. */
export type RowTotal = RowsPage['total'];
