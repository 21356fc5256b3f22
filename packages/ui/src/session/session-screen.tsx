import { Download, Ellipsis, GitCompare, Link } from 'lucide-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { Skeleton as SessionSkeleton } from 'honeyhive-wire';
import { HoneyHiveNotFoundError } from 'honeyhive/fetch';
import { useProject } from '../api/project.tsx';
import { writeClipboard } from '../kit/clipboard.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { Menu } from '../kit/menu.tsx';
import { PlaceLink } from '../kit/place-link.tsx';
import { Screen } from '../kit/screen.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { EmptyState, ErrorState } from '../kit/states.tsx';
import { showToast } from '../kit/toasts.tsx';
import { WalkButtons } from '../list/walk-buttons.tsx';
import { basePath } from '../state/base-path.ts';
import { goTo, usePlace } from '../state/use-place.ts';
import { sessionText } from '../text/session.ts';
import { DeleteSessionDialog } from './delete-session-dialog.tsx';
import { SessionFacts } from './session-facts.tsx';
import type { SessionName } from '../trace/session-queries.ts';
import styles from './session-screen.module.css';
import { SessionView } from './session-view.tsx';
import { useLiveSession } from './use-live-session.ts';
import { showName } from '../kit/shown-text.ts';

/** A session: its events as a tree, their times, and the one that is selected. */
export function SessionScreen() {
  const project = useProject();
  const place = usePlace();
  const name = { project: project.id, id: place.screen === 'session' ? place.session : '' };
  const { skeleton, isLive } = useLiveSession(name);
  const { data } = skeleton;
  return (
    <Screen
      title={data ? showName(data.session.event_name) : sessionText.keys}
      bar={data && <SessionFacts skeleton={data} isLive={isLive} />}
      actions={
        <>
          <WalkButtons project={project.name} session={name.id} />
          {data && <SessionActions name={name} projectName={project.name} />}
        </>
      }
    >
      <Content key={name.id} name={name} query={skeleton} projectName={project.name} />
    </Screen>
  );
}

interface ContentProps {
  readonly name: SessionName;
  readonly query: UseQueryResult<SessionSkeleton>;
  readonly projectName: string;
}

function Content({ name, query, projectName }: ContentProps) {
  const { data, error, refetch } = query;
  if (data !== undefined)
    return (
      <SessionView
        name={name}
        skeleton={data}
        goBack={() => leaveTo(projectName)}
        copyLink={copyLink}
      />
    );
  if (error === null) return <Skeleton rows={18} />;
  return <Failure error={error} projectName={projectName} onRetry={() => void refetch()} />;
}

/** Back to where one came from; to the list when the session was opened by its address. */
function leaveTo(project: string): void {
  if (window.history.length > 1 && document.referrer === '' && window.history.state !== null)
    window.history.back();
  else goTo({ screen: 'sessions', project });
}

function copyLink(): void {
  void writeClipboard(window.location.href).then(() => showToast({ text: sessionText.copied }));
}

function SessionActions({ name, projectName }: Omit<ContentProps, 'query'>) {
  const [isDeleting, setDeleting] = useState(false);
  const compare = () =>
    goTo(
      { screen: 'compare', project: projectName },
      { query: `a=${encodeURIComponent(name.id)}` },
    );
  const download = () =>
    window.open(
      `${basePath}/v1/sessions/${encodeURIComponent(name.id)}?project=${encodeURIComponent(name.project)}`,
      '_blank',
      'noopener',
    );
  return (
    <>
      <span className={styles.actions}>
        <IconButton label={sessionText.compare} icon={<GitCompare />} onClick={compare} />
        <IconButton label={sessionText.copyLink} hotkey="C" icon={<Link />} onClick={copyLink} />
        <IconButton label={sessionText.exportSession} icon={<Download />} onClick={download} />
      </span>
      <Menu
        label={sessionText.more}
        align="end"
        trigger={(props) => <IconButton {...props} label={sessionText.more} icon={<Ellipsis />} />}
        items={[
          { label: sessionText.copyLink, keys: 'c', onSelect: copyLink },
          { label: sessionText.compare, onSelect: compare },
          { label: sessionText.exportSession, onSelect: download },
          { kind: 'separator' },
          { label: sessionText.deleteSession, look: 'danger', onSelect: () => setDeleting(true) },
        ]}
      />
      {isDeleting && (
        <DeleteSessionDialog
          name={name}
          onClose={() => setDeleting(false)}
          onDeleted={() => {
            showToast({ text: sessionText.deleted });
            goTo({ screen: 'sessions', project: projectName });
          }}
        />
      )}
    </>
  );
}

interface FailureProps {
  readonly error: Error;
  readonly projectName: string;
  readonly onRetry: () => void;
}

function Failure({ error, projectName, onRetry }: FailureProps) {
  if (!(error instanceof HoneyHiveNotFoundError))
    return <ErrorState error={error} onRetry={onRetry} />;
  return (
    <EmptyState
      title={sessionText.missing}
      actions={
        <PlaceLink to={{ screen: 'sessions', project: projectName }}>
          {sessionText.toSessions}
        </PlaceLink>
      }
    >
      {sessionText.missingHint}
    </EmptyState>
  );
}
