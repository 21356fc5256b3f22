// What a list can do beyond showing its first rows, in one chunk that comes after them.
export { FacetPanel } from '../query/facet-panel.tsx';
export { ColumnChooser } from './column-chooser.tsx';
export { DifferencesPanel } from './differences-panel.tsx';
export { VolumeHistogram } from './histogram.tsx';
export { GroupMenu } from './group-menu.tsx';
export { GroupTable } from './group-table.tsx';
export { SortMenu } from './sort-menu.tsx';
export { ViewMenu } from './view-menu.tsx';
