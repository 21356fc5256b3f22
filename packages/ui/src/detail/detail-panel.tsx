import { Suspense, lazy, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useHotkeys } from '../kit/hotkeys.ts';
import { Skeleton } from '../kit/skeleton.tsx';
import { InlineError } from '../kit/states.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { ValueActionsProvider, type ValueActions } from '../payload/value-actions.ts';
import { detailText } from '../text/detail.ts';
import { DetailHeader } from './detail-header.tsx';
import styles from './detail.module.css';
import type { EventHead } from './event-head.ts';
import { useEventDetail } from './event-query.ts';
import { detailTabs, type DetailTab } from './detail-tab.ts';

export interface DetailPanelProps extends ValueActions {
  /** Id of the project. */
  readonly project: string;
  /** What is known of the event already: it is shown at once. */
  readonly head: EventHead;
  readonly tab: DetailTab;
  readonly onTab: (tab: DetailTab) => void;
  /** Buttons of the parent, at the end of the first line. */
  readonly actions?: ReactNode;
}

// Asked for at once, and not waited for: the head of an event is there before its content.
const content = import('./detail-content.tsx');
// A failure shows where the content would be.
content.catch(() => undefined);
const DetailContent = lazy(async () => ({ default: (await content).DetailContent }));

const tabs = detailTabs.map((id) => ({ id, label: detailText.tabs[id] }));

/**
 * An event: its facts at once, from what is known of it, and then what it was given and what it gave. The same in the
 * session, beside a list and in a comparison.
 */
export function DetailPanel({
  project,
  head,
  tab,
  onTab,
  actions,
  onFilter,
  onColumn,
}: DetailPanelProps) {
  const name = { project, eventId: head.eventId };
  const { data, error, refetch } = useEventDetail(name);
  useHotkeys(
    detailText.keys,
    detailTabs.map((id, index) => ({
      keys: String(index + 1),
      label: detailText.tabs[id],
      run: () => onTab(id),
    })),
  );
  const valueActions = useMemo(
    () => ({ ...(onFilter && { onFilter }), ...(onColumn && { onColumn }) }),
    [onFilter, onColumn],
  );
  return (
    <ValueActionsProvider value={valueActions}>
      <section aria-label={detailText.detail} className={styles.panel}>
        <DetailHeader key={head.eventId} name={name} head={head} detail={data} actions={actions} />
        <Tabs label={detailText.detail} tabs={tabs} current={tab} onChange={onTab}>
          <div className={styles.content}>
            {error !== null && (
              <InlineError
                title={detailText.failedToLoad}
                error={error}
                onRetry={() => void refetch()}
              />
            )}
            {data && (
              <Suspense fallback={<Skeleton rows={6} />}>
                <DetailContent
                  key={head.eventId}
                  tab={tab}
                  name={name}
                  type={head.type}
                  detail={data}
                />
              </Suspense>
            )}
            {!data && error === null && <Skeleton rows={6} />}
          </div>
        </Tabs>
      </section>
    </ValueActionsProvider>
  );
}
