import { useMutation } from '@tanstack/react-query';
import type { ExploreRow, LiveEvents } from 'honeyhive-wire';
import { CircleAlert, CircleCheck, Radio } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { ask } from '../api/client.ts';
import { useProjectEmptiness } from '../api/project-emptiness.ts';
import type { VisibleProject } from '../api/project.tsx';
import { formatLocal } from '../format/time.ts';
import { Button } from '../kit/button.tsx';
import { PlaceLink } from '../kit/place-link.tsx';
import { InlineError } from '../kit/states.tsx';
import { useTimeZone } from '../state/time-zone.ts';
import { onboardingText } from '../text/onboarding.ts';
import styles from './onboarding.module.css';
import { useArrivals, type Arrivals } from './use-arrivals.ts';
import { showName } from '../kit/shown-text.ts';

export interface ArrivalStepProps {
  readonly project: VisibleProject;
  readonly url: string;
}

const silentAfterMs = 60_000;

/** The outcome: nothing yet, the first event, or why a request was rejected. */
export function ArrivalStep({ project, url }: ArrivalStepProps) {
  const arrivals = useArrivals(project.id);
  const hasEvents = useHasEvents(project.id, arrivals.connection);
  const isSilent = useAfter(silentAfterMs) && arrivals.first === null;
  return (
    <div className={styles.arrivals}>
      <div aria-live="polite">
        {arrivals.first ? (
          <Arrived first={arrivals.first} projectName={project.name} />
        ) : (
          <Waiting connection={arrivals.connection} hasEvents={hasEvents} />
        )}
        {arrivals.rejected.map((rejected) => (
          <Rejected key={`${rejected.time} ${rejected.path}`} rejected={rejected} />
        ))}
      </div>
      {isSilent && <Checks url={url} />}
      {arrivals.first === null && <TestEvent projectId={project.id} />}
    </div>
  );
}

function useAfter(ms: number): boolean {
  const [isPast, setPast] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPast(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return isPast;
}

/** Whether there is something already; looked at again once nothing that comes can be missed. */
function useHasEvents(projectId: string, connection: Arrivals['connection']): boolean {
  const { data: isEmpty, refetch } = useProjectEmptiness(projectId);
  useEffect(() => {
    if (connection === 'open') void refetch();
  }, [connection, refetch]);
  return isEmpty === false;
}

const words = {
  connecting: onboardingText.connecting,
  open: onboardingText.listening,
  lost: onboardingText.lost,
} as const;

interface WaitingProps {
  readonly connection: Arrivals['connection'];
  readonly hasEvents: boolean;
}

function Waiting({ connection, hasEvents }: WaitingProps) {
  return (
    <p className={styles.waiting}>
      {connection === 'lost' ? (
        <CircleAlert className={styles.failed} aria-hidden />
      ) : (
        <Radio className={styles.listening} aria-hidden />
      )}
      {connection === 'open' && hasEvents ? onboardingText.listeningOn : words[connection]}
    </p>
  );
}

interface ArrivedProps {
  readonly first: ExploreRow;
  readonly projectName: string;
}

/** The way on takes the focus, unless something is being typed. */
function Arrived({ first, projectName }: ArrivedProps) {
  const link = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (document.activeElement instanceof HTMLInputElement) return;
    link.current?.querySelector('a')?.focus();
  }, []);
  return (
    <p className={styles.waiting}>
      <CircleCheck className={styles.fine} aria-hidden />
      {onboardingText.arrived(showName(first.event_name))}
      <span ref={link}>
        <PlaceLink
          to={{ screen: 'session', project: projectName, session: first.session_id }}
          query={new URLSearchParams({ e: first.event_id }).toString()}
          look="primary"
        >
          {onboardingText.open}
        </PlaceLink>
      </span>
    </p>
  );
}

function Rejected({ rejected }: { readonly rejected: LiveEvents['rejected'] }) {
  const [zone] = useTimeZone();
  const { method, path, status, code, message, time, user_agent: agent } = rejected;
  return (
    <div className={styles.rejected}>
      <CircleAlert className={styles.failed} aria-hidden />
      <div>
        <p>
          <strong>
            {onboardingText.rejected}: {status} {code}
          </strong>{' '}
          {message}
        </p>
        <p className={styles.hint}>
          {formatLocal(time, zone)} <code>{path === '' ? method : `${method} ${path}`}</code>
          {path === '' && ` ${onboardingText.unknownPath}`}
          {agent !== null && ` ${onboardingText.rejectedFrom(agent)}`}
        </p>
      </div>
    </div>
  );
}

function Checks({ url }: { readonly url: string }) {
  return (
    <>
      <p>{onboardingText.silent}</p>
      <ul className={styles.checks}>
        {onboardingText.checks(url).map((check) => (
          <li key={check}>{check}</li>
        ))}
      </ul>
    </>
  );
}

function TestEvent({ projectId }: { readonly projectId: string }) {
  const sending = useMutation({
    mutationFn: () =>
      ask('createEvent', {
        body: {
          project: projectId,
          source: 'browser',
          event_type: 'tool',
          event_name: 'test-event',
          inputs: { from: 'this browser' },
          outputs: { ok: true },
        },
      }),
  });
  return (
    <>
      <div>
        <Button isBusy={sending.isPending} onClick={() => sending.mutate()}>
          {onboardingText.sendTest}
        </Button>
      </div>
      {sending.error && <InlineError title={onboardingText.testFailed} error={sending.error} />}
    </>
  );
}
