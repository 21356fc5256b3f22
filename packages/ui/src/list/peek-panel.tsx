import { ArrowUpRight, ChevronDown, ChevronUp, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatBytes } from '../format/bytes.ts';
import { formatCost } from '../format/cost.ts';
import { formatDuration } from '../format/duration.ts';
import { formatCount } from '../format/number.ts';
import { formatInstant } from '../format/time.ts';
import { CopyButton } from '../kit/copy-button.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { PlaceLink } from '../kit/place-link.tsx';
import { listText } from '../text/list.ts';
import { StatusIcon, TypeIcon } from './cell.tsx';
import { toColumns } from './column.ts';
import { columnName } from './header-cell.tsx';
import styles from './peek-panel.module.css';
import { placeOf } from './row-place.ts';
import { valueOf } from './row-value.ts';
import type { Row } from './use-list-rows.ts';
import { ValueMenu } from './value-menu.tsx';
import type { ValueActions } from './value-menu.tsx';

interface PeekPanelProps {
  readonly row: Row;
  readonly project: string;
  readonly zone: string;
  readonly actions: ValueActions;
  /** null at the ends of the list. */
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
  readonly onClose: () => void;
  /** Below the facts: what the row holds. */
  readonly children: ReactNode;
}

/** A row beside the list: what the list knows of it at once, its payloads as they come. */
export function PeekPanel(props: PeekPanelProps) {
  const { row, project, zone, actions, children } = props;
  return (
    <section className={styles.panel} aria-label={listText.peek}>
      <header className={styles.header}>
        <TypeIcon type={row.event_type} />
        <h2 className={styles.title}>{row.event_name}</h2>
        <StatusIcon row={row} />
        <span className={styles.space} />
        <IconButton
          label={listText.previous}
          hotkey="K"
          icon={<ChevronUp />}
          disabled={props.onPrevious === null}
          onClick={props.onPrevious ?? undefined}
        />
        <IconButton
          label={listText.next}
          hotkey="J"
          icon={<ChevronDown />}
          disabled={props.onNext === null}
          onClick={props.onNext ?? undefined}
        />
        <PlaceLink {...placeOf(project, row)} className={styles.open}>
          {listText.openSession}
          <ArrowUpRight aria-hidden />
        </PlaceLink>
        <IconButton label={listText.closePeek} hotkey="Esc" icon={<X />} onClick={props.onClose} />
      </header>
      <div className={styles.content}>
        <Facts row={row} zone={zone} actions={actions} />
        {children}
      </div>
    </section>
  );
}

const factIds = ['type', 'name', 'model', 'user', 'source', 'error', 'session', 'id'];

function Facts({ row, zone, actions }: Pick<PeekPanelProps, 'row' | 'zone' | 'actions'>) {
  const facts = toColumns(factIds, 'events').flatMap((column) => {
    const value = valueOf(row, column);
    return value === null || column.path === null ? [] : [{ ...column, path: column.path, value }];
  });
  return (
    <dl className={styles.facts} aria-label={listText.facts}>
      <Fact name={columnName('start')}>{formatInstant(row.start_time, zone, 'milliseconds')}</Fact>
      {row.duration_ms !== null && (
        <Fact name={columnName('duration')}>{formatDuration(row.duration_ms)}</Fact>
      )}
      {row.total_tokens !== null && (
        <Fact name={columnName('tokens')}>{formatCount(row.total_tokens)}</Fact>
      )}
      {row.cost_usd !== null && <Fact name={columnName('cost')}>{formatCost(row.cost_usd)}</Fact>}
      {'event_count' in row && (
        <Fact name={columnName('events')}>{formatCount(Number(row.event_count))}</Fact>
      )}
      {facts.map(({ id, path, value }) => (
        <Fact key={id} name={columnName(id)}>
          <span className={id === 'id' || id === 'session' ? styles.mono : undefined}>{value}</span>
          {(id === 'id' || id === 'session') && <CopyButton text={String(value)} />}
          <ValueMenu path={path} value={value} actions={actions} />
        </Fact>
      ))}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The beginnings of input and output, as the list has them. */
export function PeekPreviews({ row }: { readonly row: Row }) {
  return (['input', 'output'] as const).map((side) => {
    const { text, bytes } = row[`${side}_preview`];
    return (
      <section key={side} className={styles.part} aria-label={listText[side]}>
        <h3 className={styles.partTitle}>
          {listText[side]}
          {bytes > 0 && <span className={styles.size}>{formatBytes(bytes)}</span>}
        </h3>
        {bytes > 0 ? (
          <p className={styles.text}>{text}</p>
        ) : (
          <p className={styles.none}>{listText.nothing}</p>
        )}
      </section>
    );
  });
}
