import { useQueries } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { eventQuery } from '../detail/event-query.ts';
import { formatDuration } from '../format/duration.ts';
import { EventTypeIcon } from '../kit/event-type-icon.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { EmptyState, InlineError } from '../kit/states.tsx';
import { MessageView } from '../payload/messages/message-view.tsx';
import { findNewMessages, type NewMessages } from '../payload/messages/new-messages.ts';
import { pairThread } from '../payload/messages/thread-pairs.ts';
import { isShownWithCalls, type ToolPairs } from '../payload/messages/tool-pairs.ts';
import { useReached } from '../payload/use-reached.ts';
import { sessionText } from '../text/session.ts';
import { modelEventsOf, readTurn } from './read-turn.ts';
import { at } from '../trace/session-tree.ts';
import type { SessionName } from '../trace/session-queries.ts';
import styles from './session-thread.module.css';
import type { TreeControl } from './use-tree-state.ts';
import { turnsPerStep } from './view-kind.ts';
import { showName } from '../kit/shown-text.ts';

export interface SessionThreadProps {
  readonly name: SessionName;
  readonly control: TreeControl;
  /** Called when what was read holds no conversation. */
  readonly onNothing: () => void;
}

/** A session as one conversation: of each call of a model only what is new, for each repeats all before it. */
export function SessionThread({ name, control, onNothing }: SessionThreadProps) {
  const { tree, selected } = control.state;
  const models = useMemo(() => modelEventsOf(tree.columns), [tree]);
  const { count, end } = useReached(models.length, turnsPerStep, name.id);
  const answers = useQueries({
    queries: models
      .slice(0, count)
      .map((event) =>
        eventQuery({ project: name.project, eventId: tree.columns.ids[event] ?? '' }),
      ),
  });
  const failed = answers.find(({ error }) => error !== null);
  const firstOpen = answers.findIndex(({ data }) => data === undefined);
  const loaded = firstOpen < 0 ? answers : answers.slice(0, firstOpen);
  const turns = loaded.flatMap(({ data }) => (data ? [readTurn(data)] : []));
  const news = findNewMessages(turns);
  const pairs = pairThread(turns, news);
  const hasNothing =
    firstOpen < 0 && turns.every(({ input, output }) => input.length + output.length === 0);
  useEffect(() => {
    if (hasNothing) onNothing();
  }, [hasNothing, onNothing]);
  if (models.length === 0) {
    return <EmptyState title={sessionText.noThread}>{sessionText.noThreadHint}</EmptyState>;
  }
  return (
    <div className={styles.thread}>
      <h2 className="visually-hidden">{sessionText.views.thread}</h2>
      {news.map((turn, index) => (
        <TurnView
          key={models[index]}
          turn={turn}
          control={control}
          event={models[index] ?? 0}
          isSelected={at(tree.event, selected) === models[index]}
          pairs={pairs}
        />
      ))}
      {failed && <InlineError error={failed.error} onRetry={() => void failed.refetch()} />}
      {!failed && firstOpen >= 0 && <Skeleton rows={4} />}
      {count < models.length && firstOpen < 0 && <p ref={end}>{sessionText.threadMore}</p>}
    </div>
  );
}

interface TurnViewProps {
  readonly turn: NewMessages;
  readonly control: TreeControl;
  /** Index of the call in the skeleton. */
  readonly event: number;
  readonly isSelected: boolean;
  readonly pairs: ToolPairs;
}

function TurnView({ turn, control, event, isSelected, pairs }: TurnViewProps) {
  const { tree } = control.state;
  const { columns } = tree;
  const messages = [...turn.input, ...turn.output];
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    // Nothing moves of what can be seen.
    if (isSelected) section.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  return (
    <section ref={section} className={styles.turn} data-selected={isSelected || undefined}>
      <h3>
        <button
          type="button"
          className={styles.event}
          aria-pressed={isSelected}
          onClick={() => control.select(at(tree.placeOf, event))}
        >
          <EventTypeIcon type="model" />
          <span>{showName(columns.names[at(columns.name, event)] ?? '')}</span>
          <span className={styles.aside}>{columns.models[at(columns.model, event)]}</span>
          <span className={styles.aside}>
            {at(columns.duration, event) >= 0 && formatDuration(at(columns.duration, event))}
          </span>
        </button>
      </h3>
      {turn.repeatedCount > 0 && (
        <p className={styles.repeated}>{sessionText.repeated(turn.repeatedCount)}</p>
      )}
      {messages.length === 0 && <p className={styles.repeated}>{sessionText.noMessages}</p>}
      {messages
        .filter((message) => !isShownWithCalls(message, pairs))
        .map((message, index) => (
          <MessageView key={index} message={message} pairs={pairs} />
        ))}
    </section>
  );
}
