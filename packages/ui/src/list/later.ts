// Parts of a list that its first rows do without, in one chunk that comes after them.
export { HoverMenu } from './hover-menu.tsx';
export { NoRows } from './no-rows.tsx';
export { SelectionBar } from './selection-bar.tsx';
