import { toTable } from '../store/figures.mjs';

const printers = {
  ms: (value) => (value < 10 ? value.toFixed(1) : value.toFixed(0)),
  fps: (value) => value.toFixed(0),
  count: (value) => value.toLocaleString('en'),
  px: (value) => value.toFixed(0),
  MiB: (value) => value.toFixed(1),
  KiB: (value) => value.toFixed(1),
};

const verdicts = new Map([
  [true, 'met'],
  [false, 'MISSED'],
  [null, ''],
]);

function toRow({ name, figure, unit, goal, isAtLeast, floor, ratio, isMet, note = '' }) {
  const print = (value) => (value === null ? '–' : printers[unit](value));
  return [
    name,
    unit,
    print(figure),
    goal === null ? '–' : `${isAtLeast ? '≥' : '≤'} ${print(goal)}`,
    verdicts.get(isMet),
    print(floor),
    ratio === null ? '–' : `${ratio.toFixed(1)} ×`,
    note,
  ];
}

/** One line for each figure. */
export const toReport = (rows) => `${toTable([
  ['', '', 'figure', 'goal', '', 'floor', 'ratio', 'note'],
  ...rows.map(toRow),
])}

medians, where nothing else is said; floor: the same in the same browser by a bare page, without the application;
tasks below 50 ms are not reported by the browser, and count as 0`;
