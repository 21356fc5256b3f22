import { ChevronRight, CircleAlert, Layers, MessageSquareHeart, Unlink } from 'lucide-react';
import { formatDuration } from '../format/duration.ts';
import { EventTypeIcon } from '../kit/event-type-icon.tsx';
import { sessionText } from '../text/session.ts';
import { countErrors, countEvents } from './counted.ts';
import { at, type FoldedRow, type SessionTree } from '../trace/session-tree.ts';
import styles from './treegrid.module.css';
import { showName } from '../kit/shown-text.ts';

export interface TreeNameCellProps {
  readonly tree: SessionTree;
  readonly place: number;
  readonly isOpen: boolean;
}

/** Maximum indentation; deeper rows show their level beside the name. */
const deepest = 24;

/** What a row is called, how deep it is, and what is wrong in it or below it. */
export function TreeNameCell({ tree, place, isOpen }: TreeNameCellProps) {
  const depth = at(tree.depth, place);
  const below = at(tree.size, place) - 1;
  const isClosed = below > 0 && !isOpen;
  return (
    <div
      role="gridcell"
      className={styles.name}
      style={{ paddingInlineStart: 6 + Math.min(depth, deepest) * 14 }}
    >
      <span
        className={styles.twisty}
        data-twisty={below > 0 || undefined}
        data-open={isOpen}
        aria-hidden
      >
        {below > 0 && <ChevronRight />}
      </span>
      <Label tree={tree} place={place} />
      {depth > deepest && <span className={styles.badge}>{depth + 1}</span>}
      {isClosed && !tree.folded.has(place) && (
        <span className={styles.badge} title={countEvents(below)}>
          {below}
        </span>
      )}
      <Marks tree={tree} place={place} isClosed={isClosed} />
    </div>
  );
}

function Label({ tree, place }: { readonly tree: SessionTree; readonly place: number }) {
  const folded = tree.folded.get(place);
  if (folded) return <FoldedLabel folded={folded} />;
  const { columns } = tree;
  const event = at(tree.event, place);
  const type = columns.types[at(columns.type, event)] ?? '';
  return (
    <>
      <EventTypeIcon type={type} />
      <span className="visually-hidden">{type}</span>
      <span className={styles.label}>{showName(columns.names[at(columns.name, event)] ?? '')}</span>
      <span className={styles.aside}>{columns.models[at(columns.model, event)]}</span>
    </>
  );
}

function FoldedLabel({ folded }: { readonly folded: FoldedRow }) {
  if (folded.kind === 'orphans')
    return (
      <>
        <Unlink className={styles.folded} aria-hidden />
        <span className={styles.label} title={sessionText.orphansHint}>
          {sessionText.orphans}
        </span>
        <span className={styles.badge} title={countEvents(folded.count)}>
          {folded.count}
        </span>
      </>
    );
  return (
    <>
      <Layers className={styles.folded} aria-hidden />
      <span className={styles.label}>{sessionText.run(folded.name, folded.count)}</span>
      {folded.p95Ms !== null && (
        <span className={styles.aside}>{sessionText.p95(formatDuration(folded.p95Ms))}</span>
      )}
    </>
  );
}

interface MarksProps {
  readonly tree: SessionTree;
  readonly place: number;
  readonly isClosed: boolean;
}

/** A closed row speaks for what is below it: errors must not hide. */
function Marks({ tree, place, isClosed }: MarksProps) {
  const event = at(tree.event, place);
  const own = event >= 0 && at(tree.columns.error, event) > 0 ? 1 : 0;
  const errors = isClosed ? at(tree.errorCount, place) : own;
  return (
    <>
      {errors > 0 && (
        <span className={styles.error}>
          <CircleAlert aria-hidden />
          <span className={errors > own ? undefined : 'visually-hidden'}>
            {countErrors(errors)}
          </span>
        </span>
      )}
      {event >= 0 && at(tree.columns.feedback, event) > 0 && (
        <span className={styles.feedback}>
          <MessageSquareHeart aria-hidden />
          <span className="visually-hidden">{sessionText.feedback}</span>
        </span>
      )}
    </>
  );
}
