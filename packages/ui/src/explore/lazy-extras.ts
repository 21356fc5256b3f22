import { lazy } from 'react';

const load = () => import('./extras.ts');

export const ColumnChooser = lazy(async () => ({ default: (await load()).ColumnChooser }));
export const FacetPanel = lazy(async () => ({ default: (await load()).FacetPanel }));
export const SortMenu = lazy(async () => ({ default: (await load()).SortMenu }));
export const ViewMenu = lazy(async () => ({ default: (await load()).ViewMenu }));
export const VolumeHistogram = lazy(async () => ({ default: (await load()).VolumeHistogram }));
export const GroupMenu = lazy(async () => ({ default: (await load()).GroupMenu }));
export const GroupTable = lazy(async () => ({ default: (await load()).GroupTable }));
export const DifferencesPanel = lazy(async () => ({ default: (await load()).DifferencesPanel }));
