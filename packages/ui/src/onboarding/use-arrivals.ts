import type { ExploreRow, LiveEvents } from 'honeyhive-wire';
import { useEffect, useReducer } from 'react';
import { basePath } from '../state/base-path.ts';

/** Events and rejections since the page was opened. */
export interface Arrivals {
  readonly connection: 'connecting' | 'open' | 'lost';
  /** The first event that was stored. */
  readonly first: ExploreRow | null;
  /** Requests that were refused, the latest first. */
  readonly rejected: readonly LiveEvents['rejected'][];
}

type Step =
  | { readonly kind: 'connection'; readonly connection: Arrivals['connection'] }
  | { readonly kind: 'rows'; readonly rows: readonly ExploreRow[] }
  | { readonly kind: 'rejected'; readonly rejected: LiveEvents['rejected'] };

const shownRejections = 5;

function take(arrivals: Arrivals, step: Step): Arrivals {
  switch (step.kind) {
    case 'connection':
      return { ...arrivals, connection: step.connection };
    case 'rows':
      return { ...arrivals, first: firstOf(arrivals.first, step.rows) };
    case 'rejected': {
      const rejected = [step.rejected, ...arrivals.rejected].slice(0, shownRejections);
      return { ...arrivals, rejected };
    }
  }
}

/** The root of a session arrives before, with or after its first event: the user waits for the event. */
function firstOf(known: ExploreRow | null, rows: readonly ExploreRow[]): ExploreRow | null {
  if (known !== null && known.event_type !== 'session') return known;
  return rows.find((row) => row.event_type !== 'session') ?? known ?? rows[0] ?? null;
}

const read = <Name extends keyof LiveEvents>(event: MessageEvent<string>): LiveEvents[Name] =>
  JSON.parse(event.data) as LiveEvents[Name];

/** Listens to what reaches the project, and to what was refused before it could. */
export function useArrivals(projectId: string): Arrivals {
  const [arrivals, dispatch] = useReducer(take, {
    connection: 'connecting',
    first: null,
    rejected: [],
  });
  useEffect(() => {
    const stream = new EventSource(
      `${basePath}/v1/explore/onboarding?project=${encodeURIComponent(projectId)}`,
    );
    const tell = (connection: Arrivals['connection']) =>
      dispatch({ kind: 'connection', connection });
    stream.onopen = () => tell('open');
    stream.onerror = () => tell('lost');
    stream.addEventListener('rows', (event: MessageEvent<string>) =>
      dispatch({ kind: 'rows', rows: read<'rows'>(event).rows }),
    );
    stream.addEventListener('rejected', (event: MessageEvent<string>) =>
      dispatch({ kind: 'rejected', rejected: read<'rejected'>(event) }),
    );
    return () => stream.close();
  }, [projectId]);
  return arrivals;
}
