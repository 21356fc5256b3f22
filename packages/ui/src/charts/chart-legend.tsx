import { chartsText } from '../text/charts.ts';
import type { ChartData } from './chart-data.ts';
import { describeChange } from './compare.ts';
import type { ChartUnit } from '../format/chart-value.ts';
import styles from './charts.module.css';
import { formatValue } from '../format/chart-value.ts';

export interface ChartLegendProps {
  readonly data: ChartData;
  readonly unit: ChartUnit;
  readonly colours: readonly string[];
  /** Whose values are shown; null: those of the whole range. */
  readonly bucket: number | null;
  readonly hidden: ReadonlySet<string>;
  readonly onHide: (hidden: ReadonlySet<string>) => void;
}

/** The lines by size, with their values; a click shows one alone, another all again. */
export function ChartLegend({ data, unit, colours, bucket, hidden, onHide }: ChartLegendProps) {
  const names = data.lines.map(({ name }) => name);
  const isolate = (name: string) => {
    const isAlone = !hidden.has(name) && hidden.size === names.length - 1 && hidden.size > 0;
    onHide(new Set(isAlone ? [] : names.filter((other) => other !== name)));
  };
  return (
    <ul className={styles.legend} aria-label={chartsText.all}>
      {rank(data.lines).map(({ name, values, total, index }) => (
        <li key={name}>
          <button
            type="button"
            aria-pressed={!hidden.has(name)}
            className={styles.line}
            onClick={() => isolate(name)}
          >
            <svg viewBox="0 0 10 10" aria-hidden className={styles.swatch}>
              <rect width="10" height="10" rx="2" fill={`var(${colours[index] ?? '--text-2'})`} />
            </svg>
            <span className={styles.name}>{name}</span>
            <span className={styles.value}>
              {formatValue(unit, bucket === null ? total : (values[bucket] ?? null))}
            </span>
            {bucket === null && (
              <span className={styles.change}>
                {describeChange(total, data.totalsBefore?.get(name) ?? null)}
              </span>
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The largest first, what is not known last; with the place in the chart. */
const rank = (lines: ChartData['lines']) =>
  lines
    .map((line, index) => ({ ...line, index }))
    .toSorted((a, b) => (b.total ?? -1) - (a.total ?? -1));
