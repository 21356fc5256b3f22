import { RefreshCw } from 'lucide-react';
import { formatZone } from '../format/time.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { describeTimeRange } from '../state/time-range.ts';
import { listText } from '../text/list.ts';
import { totalOf } from '../list/noun.ts';
import { formatClock } from '../list/row-time.ts';
import styles from './summary-line.module.css';
import type { RowTotal } from '../list/row.ts';
import type { ListSubject } from '../list/use-list-subject.ts';
import type { ListPeriod } from '../list/use-list-period.ts';

interface SummaryLineProps {
  readonly list: ListSubject & ListPeriod;
  /** null until it is known. */
  readonly total: RowTotal | null;
  /** Whether the rows are counted at all. */
  readonly isCounted: boolean;
}

/** What is shown, in a line: `1,284 sessions · last 24 h to 14:05 UTC`. */
export function SummaryLine({ list, total, isCounted }: SummaryLineProps) {
  const { range, zone, moment, kind } = list;
  const described = describeTimeRange(range);
  const zoneName = formatZone(zone, moment);
  const time =
    range.kind === 'last'
      ? listText.upTo(described, `${formatClock(moment, zone)} ${zoneName}`)
      : listText.between(described, zoneName);
  return (
    <p className={styles.line}>
      <span role="status">
        {isCounted && <strong>{total === null ? listText.counting : totalOf(kind, total)}</strong>}
        <span className={styles.range}>
          {isCounted && ' · '}
          {time}
        </span>
      </span>
      <IconButton
        className={styles.refresh}
        label={listText.refresh}
        hotkey="R"
        icon={<RefreshCw />}
        onClick={list.refresh}
      />
    </p>
  );
}
