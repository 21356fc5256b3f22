/** The projects in which a request may look for an id. */
export type IdScope =
  /** The project of the key, or the one that the request names. */
  | { readonly kind: 'project'; readonly projectId: string }
  /** The key is of the whole organisation, and the request names no project. */
  | {
      readonly kind: 'organisation';
      readonly projectIds: readonly string[];
      /** null while there is no default project. */
      readonly defaultId: string | null;
    };

/** A project that has an id, deleted or not. One project is one place. */
export interface IdPlace {
  readonly projectId: string;
  /** Whether a key of the organisation wrote it there. */
  readonly isByOrganisation: boolean;
  readonly isDeleted: boolean;
}

/**
 * What an id is resolved for: the session that something is written to, the event or session that is changed or
 * deleted, or what is read.
 */
export type IdPurpose = 'write' | 'change' | 'read';

/** The project that an id means. */
export type IdHome =
  | { readonly kind: 'found'; readonly projectId: string }
  /** Several projects have the id, and nothing says which one is meant. */
  | { readonly kind: 'ambiguous'; readonly projectIds: readonly string[] }
  /** `elsewhere`: projects that have the id, but only a request that names one of them may mean it there. */
  | { readonly kind: 'none'; readonly elsewhere: readonly string[] };

/**
 * Decides which project an id means ([ADR 17](../../../../docs/adr/0017-id-resolution.md)).
 *
 * An organisation key that names no project means what organisation keys wrote, then what the default project has.
 * A key of one project can put any id into its project: that must lead no write there. For the same reason a deleted
 * event still counts as written: it must not make room for an event of another project.
 */
export function resolveHome(
  scope: IdScope,
  places: readonly IdPlace[],
  purpose: IdPurpose,
): IdHome {
  if (scope.kind === 'project') return { kind: 'found', projectId: scope.projectId };
  const own = places.filter(({ isByOrganisation }) => isByOrganisation);
  const ownAlive = own.filter(isAlive);
  if (own.length > 0) return chooseOne(ownAlive.length > 0 ? ownAlive : own);
  if (purpose === 'write') return toDefault(scope.defaultId);
  const alive = places.filter(isAlive);
  const inDefault = (purpose === 'read' ? alive : places).some(
    ({ projectId }) => projectId === scope.defaultId,
  );
  if (inDefault) return toDefault(scope.defaultId);
  if (purpose === 'read' && alive.length > 0) return chooseOne(alive);
  return { kind: 'none', elsewhere: alive.map(({ projectId }) => projectId) };
}

const isAlive = ({ isDeleted }: IdPlace): boolean => !isDeleted;

const toDefault = (projectId: string | null): IdHome =>
  projectId === null ? { kind: 'none', elsewhere: [] } : { kind: 'found', projectId };

function chooseOne(places: readonly IdPlace[]): IdHome {
  const projectIds = [...new Set(places.map(({ projectId }) => projectId))];
  const [projectId = '', ...others] = projectIds;
  return others.length === 0 ? { kind: 'found', projectId } : { kind: 'ambiguous', projectIds };
}
