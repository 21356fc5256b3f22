import type { KeyboardEvent, PointerEvent } from 'react';
import { classNames } from './class-names.ts';
import { stepSplit } from './split.ts';
import styles from './splitter.module.css';

export interface SplitterProps {
  /** What it divides, for screen readers: `Width of the detail`. */
  readonly label: string;
  /** Share of the first pane, percent. */
  readonly value: number;
  readonly min?: number;
  readonly max?: number;
  /** Where a double click leads. */
  readonly initial?: number;
  /** `vertical`: a line from top to bottom between panes side by side, the default. */
  readonly orientation?: 'vertical' | 'horizontal';
  readonly onChange: (value: number) => void;
}

/** The line between two panes, to be dragged or moved with arrow keys. The panes are the siblings around it. */
export function Splitter({
  label,
  value,
  min = 20,
  max = 80,
  initial = 50,
  orientation = 'vertical',
  onChange,
}: SplitterProps) {
  const clamp = (next: number) => Math.min(max, Math.max(min, next));
  const onKeyDown = (event: KeyboardEvent) => {
    const next = stepSplit(event, { value, min, max, orientation });
    if (next === null) return;
    event.preventDefault();
    onChange(next);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !box) return;
    const ratio =
      orientation === 'vertical'
        ? (event.clientX - box.left) / box.width
        : (event.clientY - box.top) / box.height;
    onChange(clamp(Math.round(ratio * 1000) / 10));
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={Math.round(value)}
      aria-valuemin={min}
      aria-valuemax={max}
      className={classNames(styles.splitter, styles[orientation])}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      onDoubleClick={() => onChange(clamp(initial))}
    />
  );
}
