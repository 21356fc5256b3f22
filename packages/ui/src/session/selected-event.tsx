import type { Skeleton } from 'honeyhive-wire';
import { CircleAlert } from 'lucide-react';
import { formatCost } from '../format/cost.ts';
import { formatDuration } from '../format/duration.ts';
import { formatCount } from '../format/number.ts';
import { Chip } from '../kit/chip.tsx';
import { CopyButton } from '../kit/copy-button.tsx';
import { EventTypeIcon } from '../kit/event-type-icon.tsx';
import { sessionText } from '../text/session.ts';
import { countErrors } from './counted.ts';
import styles from './session-screen.module.css';
import { at } from './session-tree.ts';

export interface SelectedEventProps {
  readonly skeleton: Skeleton;
  /** Index in the skeleton; -1 for a folded row. */
  readonly event: number;
}

/** What the tree knows of an event, at once. */
export function SelectedEvent({ skeleton, event }: SelectedEventProps) {
  const id = skeleton.ids[event];
  if (id === undefined) return <p className={styles.note}>{sessionText.nothingSelected}</p>;
  const name = skeleton.names[at(skeleton.name, event)];
  return (
    <section aria-label={name} className={styles.selected}>
      <h2>{name}</h2>
      <Kind skeleton={skeleton} event={event} />
      <Numbers skeleton={skeleton} event={event} />
      <CopyButton text={id} label={sessionText.copyId} />
    </section>
  );
}

function Kind({ skeleton, event }: SelectedEventProps) {
  const type = skeleton.types[at(skeleton.type, event)] ?? '';
  const model = skeleton.models[at(skeleton.model, event)];
  return (
    <>
      <Chip icon={<EventTypeIcon type={type} />}>{type}</Chip>
      {model !== undefined && <Chip>{model}</Chip>}
      {at(skeleton.error, event) > 0 && (
        <Chip tone="error" icon={<CircleAlert aria-hidden />}>
          {countErrors(1)}
        </Chip>
      )}
    </>
  );
}

function Numbers({ skeleton, event }: SelectedEventProps) {
  const duration = at(skeleton.duration, event);
  const tokens = at(skeleton.tokens, event);
  const cost = at(skeleton.cost, event);
  return (
    <>
      <Chip>{duration < 0 ? sessionText.running : formatDuration(duration)}</Chip>
      {tokens >= 0 && <Chip>{sessionText.tokens(formatCount(tokens))}</Chip>}
      {cost >= 0 && <Chip>{formatCost(cost)}</Chip>}
    </>
  );
}
