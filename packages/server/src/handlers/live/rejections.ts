/** A request to store something that was refused. Nothing in it is a key, or a payload. */
export interface Rejection {
  /** Epoch milliseconds. */
  readonly time: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly userAgent: string | null;
}

/** Whose request it was: of a key of a project, of the organisation, or of nobody known. */
export type RejectionOwner = { readonly projectId: string } | 'organisation' | 'unknown';

/** Whose rejections somebody may see. */
export interface RejectionView {
  readonly projectId: string;
  /** Whether those of keys of the whole organisation are shown as well. */
  readonly isOrganisation: boolean;
}

type Listener = (rejection: Rejection) => void;

/** The latest rejections of each owner, in memory. */
export interface Rejections {
  report(owner: RejectionOwner, rejection: Rejection): void;
  /** Those since the instant, oldest first. */
  recent(view: RejectionView, sinceMs: number): Rejection[];
  /** @returns ends it */
  subscribe(view: RejectionView, listener: Listener): () => void;
}

const maxOfOwner = 50;
const maxOwners = 1_000;
const maxTextChars = 500;
const maxPathChars = 200;

const ownerName = (owner: RejectionOwner): string =>
  typeof owner === 'string' ? owner : `project ${owner.projectId}`;

/** Keys that somebody put where they do not belong. */
const hideKeys = (text: string): string => text.replaceAll(/hh_\w+/g, 'hh_…');

const clean = (rejection: Rejection): Rejection => ({
  ...rejection,
  path: hideKeys(rejection.path).slice(0, maxPathChars),
  message: hideKeys(rejection.message).slice(0, maxTextChars),
  userAgent:
    rejection.userAgent === null ? null : hideKeys(rejection.userAgent).slice(0, maxPathChars),
});

export function createRejections(): Rejections {
  const byOwner = new Map<string, Rejection[]>();
  const listeners = new Map<Listener, ReadonlySet<string>>();
  const ownersOf = ({ projectId, isOrganisation }: RejectionView): ReadonlySet<string> =>
    new Set([ownerName({ projectId }), 'unknown', ...(isOrganisation ? ['organisation'] : [])]);
  return {
    report(owner, rejection) {
      const name = ownerName(owner);
      const known = byOwner.get(name) ?? [];
      const cleaned = clean(rejection);
      if (!byOwner.has(name) && byOwner.size >= maxOwners) byOwner.clear();
      byOwner.set(name, [...known.slice(1 - maxOfOwner), cleaned]);
      for (const [listener, owners] of listeners) if (owners.has(name)) listener(cleaned);
    },
    recent(view, sinceMs) {
      return [...ownersOf(view)]
        .flatMap((name) => byOwner.get(name) ?? [])
        .filter(({ time }) => time >= sinceMs)
        .toSorted((a, b) => a.time - b.time);
    },
    subscribe(view, listener) {
      listeners.set(listener, ownersOf(view));
      return () => void listeners.delete(listener);
    },
  };
}
