import type { Skeleton } from 'honeyhive-wire';
import { useCallback } from 'react';
import { useProject } from '../api/project.tsx';
import { DetailPanel } from '../detail/detail-panel.tsx';
import { detailTabs } from '../detail/detail-tab.ts';
import type { EventHead } from '../detail/event-head.ts';
import { LaterResultsProvider } from '../payload/messages/later-results.ts';
import { printPick } from '../payload/filter-query.ts';
import type { FilterPick } from '../payload/value-actions.ts';
import { changeQuery, choiceParam } from '../state/query-param.ts';
import { goTo } from '../state/use-place.ts';
import { useQueryState } from '../state/use-query-state.ts';
import { sessionText } from '../text/session.ts';
import styles from './session-screen.module.css';
import type { SessionName } from '../trace/session-queries.ts';
import { at } from '../trace/session-tree.ts';
import { useLaterResults } from './use-later-results.ts';

export interface SelectedEventProps {
  readonly name: SessionName;
  readonly skeleton: Skeleton;
  /** Index in the skeleton; -1 for a folded row. */
  readonly event: number;
}

const tabParam = choiceParam(detailTabs);

/** The event that is selected: what the tree knows of it at once, then all of it. */
export function SelectedEvent({ name, skeleton, event }: SelectedEventProps) {
  const [tab, setTab] = useQueryState('tab', tabParam);
  const { name: project } = useProject();
  const onFilter = useCallback(
    (pick: FilterPick) =>
      goTo({ screen: 'events', project }, { query: changeQuery('', { q: printPick(pick) }) }),
    [project],
  );
  const findLaterResult = useLaterResults({ project: name.project, skeleton, event });
  const id = skeleton.ids[event];
  if (id === undefined) return <p className={styles.note}>{sessionText.nothingSelected}</p>;
  return (
    <LaterResultsProvider value={findLaterResult}>
      <DetailPanel
        project={name.project}
        head={toHead(skeleton, event, id)}
        tab={tab}
        onTab={setTab}
        onFilter={onFilter}
      />
    </LaterResultsProvider>
  );
}

/** -1 means unknown. */
const orNull = (value: number): number | null => (value < 0 ? null : value);

function toHead(skeleton: Skeleton, event: number, eventId: string): EventHead {
  const isRoot = eventId === skeleton.session.session_id;
  return {
    eventId,
    sessionId: skeleton.session.session_id,
    type: skeleton.types[at(skeleton.type, event)] ?? '',
    name: skeleton.names[at(skeleton.name, event)] ?? '',
    startTime: skeleton.origin + at(skeleton.start, event),
    durationMs: orNull(at(skeleton.duration, event)),
    isFailed: at(skeleton.error, event) > 0,
    model: skeleton.models[at(skeleton.model, event)] ?? null,
    source: isRoot ? skeleton.session.source : null,
    user: isRoot ? skeleton.session.user : null,
    promptTokens: null,
    completionTokens: null,
    totalTokens: orNull(at(skeleton.tokens, event)),
    costUsd: orNull(at(skeleton.cost, event)),
    costSource: null,
  };
}
