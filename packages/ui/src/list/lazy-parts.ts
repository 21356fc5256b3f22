import { lazy } from 'react';

const load = () => import('./later.ts');

export const HoverMenu = lazy(async () => ({ default: (await load()).HoverMenu }));
export const NoRows = lazy(async () => ({ default: (await load()).NoRows }));
export const PeekPane = lazy(async () => ({ default: (await import('./peek-pane.tsx')).PeekPane }));
export const RowPrefetch = lazy(async () => ({
  default: (await import('./row-prefetch.tsx')).RowPrefetch,
}));
export const SelectionBar = lazy(async () => ({ default: (await load()).SelectionBar }));
