import type { Skeleton } from 'honeyhive-wire';
import { formatCost } from '../format/cost.ts';
import { formatDuration } from '../format/duration.ts';
import { formatCount } from '../format/number.ts';
import { useProject } from '../api/project.tsx';
import { PlaceLink } from '../kit/place-link.tsx';
import { compareText } from '../text/compare.ts';
import styles from './compare.module.css';
import { formatDelta, toDelta } from './delta.ts';
import { showName } from '../kit/shown-text.ts';

type Session = Skeleton['session'];

const measures: readonly {
  readonly label: string;
  readonly read: (session: Session) => number | null;
  readonly format: (value: number) => string;
}[] = [
  {
    label: compareText.duration,
    read: (session) => session.duration_ms,
    format: formatDuration,
  },
  { label: compareText.eventCount, read: (session) => session.event_count, format: formatCount },
  { label: compareText.errors, read: (session) => session.error_count, format: formatCount },
  { label: compareText.tokens, read: (session) => session.total_tokens, format: formatCount },
  { label: compareText.cost, read: (session) => session.cost_usd, format: formatCost },
];

export interface CompareTotalsProps {
  readonly before: Session;
  readonly after: Session;
}

/** What both sessions add up to, and by how much they differ. */
export function CompareTotals({ before, after }: CompareTotalsProps) {
  return (
    <div className={styles.tableBox}>
      <table className={styles.totals}>
        <caption className="visually-hidden">{compareText.title}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{compareText.title}</span>
            </th>
            {measures.map(({ label }) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <SessionRow side={compareText.before} session={before} />
          <SessionRow side={compareText.after} session={after} />
          <tr>
            <th scope="row">{compareText.delta}</th>
            {measures.map(({ label, read, format }) => (
              <td key={label}>
                {formatDelta(toDelta(read(before) ?? -1, read(after) ?? -1), format)}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function SessionRow({ side, session }: { readonly side: string; readonly session: Session }) {
  const project = useProject();
  return (
    <tr>
      <th scope="row">
        <span className={styles.side}>{side}</span>
        <PlaceLink
          to={{ screen: 'session', project: project.name, session: session.session_id }}
          className={styles.link}
        >
          {showName(session.event_name)}
        </PlaceLink>
      </th>
      {measures.map(({ label, read, format }) => {
        const value = read(session);
        return <td key={label}>{value === null ? '–' : format(value)}</td>;
      })}
    </tr>
  );
}
