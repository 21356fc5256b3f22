import {
  Box,
  CircleCheck,
  CircleX,
  LoaderCircle,
  MessagesSquare,
  Sparkles,
  Wrench,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Preview, RowMatch } from 'honeyhive-wire';
import type { ReactNode } from 'react';
import { formatBytes } from '../format/bytes.ts';
import { formatDuration } from '../format/duration.ts';
import { formatCount } from '../format/number.ts';
import { formatInstant } from '../format/time.ts';
import { formatTokens } from '../format/tokens.ts';
import { Cost } from '../kit/cost.tsx';
import { classNames } from '../kit/class-names.ts';
import { listText } from '../text/list.ts';
import type { Column } from './column.ts';
import styles from './cell.module.css';
import { formatRowTime } from './row-time.ts';
import type { Row } from './row.ts';
import { showText } from '../kit/shown-text.ts';

export interface CellContext {
  readonly zone: string;
  /** Longest duration among the rows that are loaded, ms: what the bars are measured by. */
  readonly longestMs: number;
}

const typeIcons: Readonly<Record<Row['event_type'], LucideIcon>> = {
  session: MessagesSquare,
  model: Sparkles,
  tool: Wrench,
  chain: Box,
};

/** What a type of event looks like everywhere in the lists. */
export function TypeIcon({ type }: { readonly type: Row['event_type'] }) {
  const Icon = typeIcons[type];
  return (
    <Icon className={classNames(styles.icon, styles[type])} aria-label={listText.types[type]} />
  );
}

/** Whether any step of a row went wrong. */
export const hasError = (row: Row): boolean =>
  row.error !== null || ('error_count' in row && Number(row.error_count) > 0);

/** Whether a row went well; said by shape and by name, too. */
export function StatusIcon({ row }: { readonly row: Row }) {
  if (hasError(row))
    return (
      <CircleX className={classNames(styles.icon, styles.failed)} aria-label={listText.failed} />
    );
  return row.end_time === null ? (
    <LoaderCircle className={classNames(styles.icon, styles.open)} aria-label={listText.open} />
  ) : (
    <CircleCheck className={classNames(styles.icon, styles.ok)} aria-label={listText.ok} />
  );
}

const countUnknownCosts = (row: Row): number =>
  'unknown_cost_count' in row ? row.unknown_cost_count : Number(row.cost_source === 'unknown');

type Render = (row: Row, context: CellContext) => ReactNode;

const sessionCount =
  (name: 'event_count' | 'error_count'): Render =>
  (row) => {
    const count = name in row ? (row as unknown as Record<string, unknown>)[name] : null;
    return typeof count === 'number' ? formatCount(count) : null;
  };

/** Only an element is cut with an ellipsis. */
const toText = (text: string | null): ReactNode => text !== null && <span>{showText(text)}</span>;

const renderers: Readonly<Record<string, Render>> = {
  status: (row) => <StatusIcon row={row} />,
  type: (row) => <span className={styles[row.event_type]}>{listText.types[row.event_type]}</span>,
  match: (row) => row.match && <MatchText match={row.match} />,
  start: (row, { zone }) => <Time at={row.start_time} zone={zone} />,
  activity: (row, { zone }) =>
    'last_activity' in row && <Time at={row.last_activity} zone={zone} />,
  duration: (row, context) => <Duration ms={row.duration_ms} longestMs={context.longestMs} />,
  events: sessionCount('event_count'),
  errors: sessionCount('error_count'),
  model: (row) => toText(row.model),
  tokens: (row) =>
    row.total_tokens === null ? null : (
      <span title={formatCount(row.total_tokens)}>{formatTokens(row.total_tokens)}</span>
    ),
  cost: (row) => <Cost usd={row.cost_usd} unknownCount={countUnknownCosts(row)} />,
  user: (row) => toText(row.user),
  source: (row) => toText(row.source),
  feedback: (row) => (row.feedback === null ? null : listText.feedback[row.feedback]),
  error: (row) => (
    <span className={styles.failed}>{row.error !== null && showText(row.error)}</span>
  ),
  session: (row) => <span className={styles.id}>{row.session_id}</span>,
  id: (row) => <span className={styles.id}>{row.event_id}</span>,
  input: (row) => <PreviewText preview={row.input_preview} />,
  output: (row) => <PreviewText preview={row.output_preview} />,
};

/** What a column shows of a row; the name is the list's own, for it is a link. */
export function renderCell(column: Column, row: Row, context: CellContext): ReactNode {
  const render = renderers[column.id];
  if (render) return render(row, context);
  const preview = row.columns[column.id];
  return preview ? <PreviewText preview={preview} /> : null;
}

const Time = ({ at, zone }: { readonly at: number; readonly zone: string }) => (
  <time dateTime={new Date(at).toISOString()} title={formatInstant(at, zone, 'milliseconds')}>
    {formatRowTime(at, zone)}
  </time>
);

function Duration({ ms, longestMs }: { readonly ms: number | null; readonly longestMs: number }) {
  if (ms === null) return null;
  const share = longestMs === 0 ? 0 : Math.min(1, ms / longestMs);
  return (
    <span className={styles.duration}>
      <span className={styles.track} aria-hidden>
        <span className={styles.bar} style={{ inlineSize: `${Math.max(2, share * 100)}%` }} />
      </span>
      {formatDuration(ms)}
    </span>
  );
}

/** The beginning of a value; when there is more, how much. */
function PreviewText({ preview: { text, bytes } }: { readonly preview: Preview }) {
  if (bytes === 0) return null;
  // What is longer than its preview, by more than quotes and escapes can make it.
  const isCut = bytes > 400;
  return (
    <span className={styles.preview}>
      <span className={styles.text}>{showText(text)}</span>
      {isCut && <span className={styles.size}>{formatBytes(bytes)}</span>}
    </span>
  );
}

/** Where a row has what was searched for, and in which field; what stands before it makes room for it. */
const MatchText = ({ match: { field, before, text, after } }: { readonly match: RowMatch }) => (
  <span className={styles.match} title={showText(`${before}${text}${after}`)}>
    <span className={styles.size}>{field}</span>
    <span className={styles.lead}>
      <bdi dir="ltr">{showText(before)}</bdi>
    </span>
    <mark className={styles.mark}>{showText(text)}</mark>
    <span className={styles.rest}>{showText(after)}</span>
  </span>
);
