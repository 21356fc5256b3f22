/** A rejected write request, without text from the sender. */
export interface Rejection {
  /** Epoch milliseconds. */
  readonly time: number;
  readonly method: string;
  /** As the contract has it, with `{name}` for what varies; empty when no operation has it. */
  readonly path: string;
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Name and version of a program that we know; null: another. */
  readonly userAgent: string | null;
}

/** Whose request it was: of a key of a project, of the organisation, or of nobody known. */
export type RejectionOwner = { readonly projectId: string } | 'organisation' | 'unknown';

/** Whose rejections somebody may see. */
export interface RejectionView {
  readonly projectId: string;
  /** Whether those of keys of the whole organisation, and of nobody known, are shown as well. */
  readonly isOrganisation: boolean;
}

type Listener = (rejection: Rejection) => void;

/** A rejection, and where it came from. */
export interface RejectionReport {
  readonly owner: RejectionOwner;
  /** A key's id, or an address: each has its own places. */
  readonly source: string;
  readonly rejection: Rejection;
}

/** The latest rejections of each owner, in memory. */
export interface Rejections {
  report(report: RejectionReport): void;
  /** Those since the instant, oldest first. */
  recent(view: RejectionView, sinceMs: number): Promise<Rejection[]>;
  /** @returns ends it */
  subscribe(view: RejectionView, listener: Listener): () => void;
}

const maxOfSource = 10;
const maxOfOwner = 50;
const maxOwners = 1_000;

type Kept = Pick<RejectionReport, 'source' | 'rejection'>;

const ownerName = (owner: RejectionOwner): string =>
  typeof owner === 'string' ? owner : `project ${owner.projectId}`;

/** The sender with the most entries loses its oldest, so that a frequent one does not evict the others. */
function addTo(known: readonly Kept[], added: Kept): readonly Kept[] {
  const counts = new Map<string, number>();
  const all = [...known, added];
  for (const { source } of all) counts.set(source, (counts.get(source) ?? 0) + 1);
  const isFull = (counts.get(added.source) ?? 0) > maxOfSource;
  if (!isFull && all.length <= maxOfOwner) return all;
  const most = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
  const loser = isFull ? added.source : most;
  const at = all.findIndex(({ source }) => source === loser);
  return all.toSpliced(at, 1);
}

export function createRejections(): Rejections {
  const byOwner = new Map<string, readonly Kept[]>();
  const listeners = new Map<Listener, ReadonlySet<string>>();
  const ownersOf = ({ projectId, isOrganisation }: RejectionView): ReadonlySet<string> =>
    new Set([ownerName({ projectId }), ...(isOrganisation ? ['organisation', 'unknown'] : [])]);
  return {
    report({ owner, source, rejection }) {
      const name = ownerName(owner);
      const known = byOwner.get(name) ?? [];
      // The owner that was refused least recently is the first.
      byOwner.delete(name);
      const [oldest] = byOwner.keys();
      if (byOwner.size >= maxOwners && oldest !== undefined) byOwner.delete(oldest);
      byOwner.set(name, addTo(known, { source, rejection }));
      for (const [listener, owners] of listeners) if (owners.has(name)) listener(rejection);
    },
    async recent(view, sinceMs) {
      return [...ownersOf(view)]
        .flatMap((name) => byOwner.get(name) ?? [])
        .map(({ rejection }) => rejection)
        .filter(({ time }) => time >= sinceMs)
        .toSorted((a, b) => a.time - b.time);
    },
    subscribe(view, listener) {
      listeners.set(listener, ownersOf(view));
      return () => void listeners.delete(listener);
    },
  };
}
