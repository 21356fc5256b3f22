import { formatLocal, formatZone } from '../format/time.ts';
import { chartsText } from '../text/charts.ts';
import { toColumnLines } from './chart-data.ts';
import type { ChartData } from './chart-data.ts';
import type { ChartUnit } from '../format/chart-value.ts';
import styles from './charts.module.css';
import { formatValue } from '../format/chart-value.ts';

export interface ChartTableProps {
  readonly title: string;
  readonly data: ChartData;
  readonly unit: ChartUnit;
  readonly zone: string;
}

/** The numbers of a chart, all of them. */
export function ChartTable({ title, data, unit, zone }: ChartTableProps) {
  const lines = toColumnLines(data);
  return (
    <div className={styles.tableBox}>
      <table className={styles.table}>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{`${chartsText.time}, ${formatZone(zone, data.end)}`}</th>
            {lines.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.starts.map((start, index) => (
            <tr key={start}>
              <th scope="row">{formatLocal(start, zone, 'minutes')}</th>
              {lines.map(({ name, values }) => (
                <td key={name}>{formatValue(unit, values[index] ?? null)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
