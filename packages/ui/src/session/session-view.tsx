import { ArrowLeft } from 'lucide-react';
import { lazy, Suspense, useMemo, useRef } from 'react';
import type { Skeleton as SessionSkeleton } from 'honeyhive-wire';
import { usePrefetchEvent } from '../detail/event-query.ts';
import { useHoverPrefetch } from '../detail/use-hover-prefetch.ts';
import { formatCount } from '../format/number.ts';
import { Button } from '../kit/button.tsx';
import { Splitter } from '../kit/splitter.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { createPreference, usePreference } from '../state/preference.ts';
import { sessionText } from '../text/session.ts';
import { FindBar } from './find-bar.tsx';
import { toPlaceSpan } from './place-span.ts';
import { SelectedEvent } from './selected-event.tsx';
import { SessionMinimap } from './session-minimap.tsx';
import type { SessionName } from '../trace/session-queries.ts';
import styles from './session-screen.module.css';
import { at } from '../trace/session-tree.ts';
import { SessionTreegrid } from './session-treegrid.tsx';
import { idOfPlace } from './tree-state.ts';
import { TreeToolbar } from './tree-toolbar.tsx';
import { useSessionKeys } from './use-session-keys.ts';
import { useSessionView, type SessionViewState } from './use-session-view.ts';
import { useViewKind } from './use-view-kind.ts';

export interface SessionViewProps {
  readonly name: SessionName;
  readonly skeleton: SessionSkeleton;
  readonly goBack: () => void;
  readonly copyLink: () => void;
}

/** A separate chunk with all message views. */
const SessionThread = lazy(async () => ({
  default: (await import('./session-thread.tsx')).SessionThread,
}));
const splitPreference = createPreference('session-split', {
  parse: (text) => Math.min(80, Math.max(20, Number(text ?? '55') || 55)),
  print: (percent: number) => String(percent),
});

/** The events of a session with their times, beside the one that is selected. */
export function SessionView({ name, skeleton, goBack, copyLink }: SessionViewProps) {
  const view = useSessionView(name, skeleton);
  const { control, zoom, find, detailRef, gridRef } = view;
  const [split, setSplit] = usePreference(splitPreference);
  const leaveDetail = () => {
    if (detailRef.current?.contains(document.activeElement)) gridRef.current?.focus();
    else goBack();
  };
  useSessionKeys({
    control,
    zoom,
    copyLink,
    openFind: view.openFind,
    stepFind: find.step,
    goBack: leaveDetail,
  });
  return (
    <div className={styles.session}>
      <Minimap view={view} />
      <div
        className={styles.panes}
        data-shows={view.selectedId === null ? 'tree' : 'detail'}
        style={{ gridTemplateColumns: `minmax(0, ${split}fr) auto minmax(0, ${100 - split}fr)` }}
      >
        <TreePane name={name} view={view} skeleton={skeleton} />
        <Splitter label={sessionText.detailWidth} value={split} initial={55} onChange={setSplit} />
        <div ref={detailRef} tabIndex={-1} className={styles.right}>
          <div className={styles.back}>
            <Button look="quiet" icon={<ArrowLeft />} onClick={view.deselect}>
              {sessionText.closeDetail}
            </Button>
          </div>
          <SelectedEvent
            name={name}
            skeleton={skeleton}
            event={at(control.state.tree.event, control.state.selected)}
          />
        </div>
      </div>
    </div>
  );
}

function Minimap({ view }: { readonly view: SessionViewState }) {
  const { zoom, find, control } = view;
  const { axis, spanMs } = zoom;
  const { tree } = control.state;
  const hits = useMemo(
    () =>
      find.hits.events.map((event) => {
        const { from, to } = toPlaceSpan(tree, at(tree.placeOf, event), spanMs);
        return axis.toUnits((from + to) / 2);
      }),
    [find.hits, tree, axis, spanMs],
  );
  return (
    <SessionMinimap
      columns={tree.columns}
      axis={axis}
      zoom={zoom.zoom}
      spanMs={spanMs}
      hits={hits}
      onZoom={zoom.setZoom}
    />
  );
}

interface TreePaneProps {
  readonly name: SessionName;
  readonly view: SessionViewState;
  readonly skeleton: SessionSkeleton;
}

function TreePane({ name, view, skeleton }: TreePaneProps) {
  const { kind, setKind, onNothing } = useViewKind(skeleton, view.selectedId);
  const { control, zoom, find } = view;
  const { tree } = control.state;
  const main = useRef<HTMLDivElement>(null);
  useHoverPrefetch(main, usePrefetchEvent(name.project), (element) => {
    const place = element.closest<HTMLElement>('[data-place]')?.dataset['place'];
    return place === undefined ? null : idOfPlace(tree, Number(place));
  });
  const hits = useMemo(() => new Set(find.hits.events), [find.hits]);
  const snippet = find.hits.snippets.get(at(control.state.tree.event, control.state.selected));
  return (
    <div className={styles.left}>
      <TreeToolbar
        kind={kind}
        onKind={setKind}
        control={control}
        zoom={zoom}
        onFind={view.openFind}
      />
      {view.isFinding && (
        <FindBar
          text={find.text}
          inputRef={view.findRef}
          at={find.at}
          count={find.hits.events.length}
          isCut={find.hits.isCut}
          hasFailed={find.hasFailed}
          onText={find.setText}
          onStep={find.step}
          onClose={view.closeFind}
        />
      )}
      {snippet !== undefined && <p className={styles.snippet}>{snippet}</p>}
      {!skeleton.complete && (
        <p className={styles.note}>
          {sessionText.incomplete(
            formatCount(skeleton.ids.length),
            formatCount(skeleton.event_total),
          )}
        </p>
      )}
      <div ref={main} className={styles.main}>
        {kind === 'thread' ? (
          <Suspense fallback={<Skeleton rows={8} />}>
            <SessionThread name={name} control={control} onNothing={onNothing} />
          </Suspense>
        ) : (
          <SessionTreegrid
            control={control}
            axis={zoom.axis}
            zoom={zoom.zoom}
            spanMs={zoom.spanMs}
            hits={hits}
            onEnter={() => view.detailRef.current?.focus()}
            gridRef={view.gridRef}
          />
        )}
      </div>
    </div>
  );
}
