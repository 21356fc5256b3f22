import { isRoot } from '../domain/stored-event.ts';
import { resolveHome } from '../domain/id-home.ts';
import type { IdHome, IdPlace, IdScope } from '../domain/id-home.ts';
import { Problem, notFound } from '../domain/problem.ts';
import type { WriteOutcome } from '../ingest/write.ts';
import type { Access } from '../calls/access.ts';
import type { EventCondition } from '../domain/event-query.ts';
import type { EventReads } from '../domain/event-store.ts';
import type { KnownRoots } from '../ingest/known-roots.ts';
import { maxProofs } from '../ingest/seen-ids.ts';
import type { SeenIds } from '../ingest/seen-ids.ts';

/** Projects that one answer names. */
const maxNames = 20;

/** What finds the project of an id. */
export interface PlaceServices {
  readonly seenIds: Pick<SeenIds, 'catchUp' | 'mayHold'>;
  readonly events: Pick<EventReads, 'readHeads'>;
}

/** What finds the project of a write. */
export interface HomeServices extends PlaceServices {
  readonly knownRoots: Pick<KnownRoots, 'find' | 'complete' | 'epoch'>;
}

/** What an event says of where it belongs. */
export interface HomeHints {
  /** Project that the request names. */
  readonly named: string | null | undefined;
  readonly sessionId: string | null | undefined;
}

/** The id of the target project, or why there is no target. */
export type Home = string | Problem;

/**
 * The projects that events go to, one for each: that of the key, the one named, or, for a key of the organisation that
 * names none, the one in which keys of the organisation wrote to the session. Else it is the default project.
 */
export async function findHomes(
  access: Access,
  services: HomeServices,
  hints: readonly HomeHints[],
): Promise<Home[]> {
  const bySession = await readSessionHomes(access, services, hints);
  const homes: Home[] = [];
  for (const { named, sessionId } of hints) {
    const home = named ? undefined : bySession.get(sessionId ?? '');
    homes.push(home ?? (await findWriteProject(access, named)));
  }
  return homes;
}

/** The target project. @throws {Problem} if there is no target */
export async function requireHome(
  access: Access,
  services: HomeServices,
  hints: HomeHints,
): Promise<string> {
  const [home = ''] = await findHomes(access, services, [hints]);
  if (home instanceof Problem) throw home;
  return home;
}

async function findWriteProject(access: Access, named: HomeHints['named']): Promise<Home> {
  try {
    return (await access.forWrite(named)).id;
  } catch (error) {
    // One event that can go nowhere must not cost the others of its batch.
    if (error instanceof Problem) return error;
    throw error;
  }
}

/** The projects of sessions that nothing else says; one read for all of them. */
async function readSessionHomes(
  access: Access,
  services: HomeServices,
  hints: readonly HomeHints[],
): Promise<Map<string, Home>> {
  const homes = new Map<string, Home>();
  if (!access.isOrganisation) return homes;
  const sessionIds = new Set<string>();
  for (const { named, sessionId } of hints) if (!named && sessionId) sessionIds.add(sessionId);
  if (sessionIds.size === 0) return homes;
  await services.seenIds.catchUp();
  const unknown = [...sessionIds].filter((id) => !services.knownRoots.find(id)?.isComplete);
  const stored = await readRoots(access, services, unknown);
  for (const sessionId of sessionIds) {
    const places = [...(stored.get(sessionId) ?? []), ...toPlaces(services, sessionId)];
    const scope: IdScope = { kind: 'organisation', projectIds: [], defaultId: null };
    const home = resolveHome(scope, places, 'write');
    if (home.kind === 'found') homes.set(sessionId, home.projectId);
    else if (home.kind === 'ambiguous')
      homes.set(sessionId, await ambiguous(access, { what: 'session', id: sessionId, ...home }));
  }
  return homes;
}

const toPlaces = ({ knownRoots }: HomeServices, sessionId: string): IdPlace[] =>
  (knownRoots.find(sessionId)?.roots ?? []).map((root) => ({ ...root, isDeleted: false }));

/** Reads the projects of sessions; live ones are cached, so that each is read once. */
async function readRoots(
  access: Access,
  services: HomeServices,
  sessionIds: readonly string[],
): Promise<Map<string, IdPlace[]>> {
  const places = new Map<string, IdPlace[]>();
  if (sessionIds.length === 0) return places;
  const { knownRoots, events } = services;
  const { epoch } = knownRoots;
  const scope = await access.forLookup(null);
  const projectIds = scope.kind === 'project' ? [scope.projectId] : scope.projectIds;
  const stored = leaveOutNew(services, projectIds, sessionIds);
  const heads = stored.length === 0 ? [] : await events.readHeads(projectIds, stored);
  for (const head of heads.filter(isRoot))
    places.set(head.eventId, [...(places.get(head.eventId) ?? []), head]);
  for (const sessionId of sessionIds) {
    const own = (places.get(sessionId) ?? []).filter(({ isByOrganisation }) => isByOrganisation);
    const alive = own.filter(({ isDeleted }) => !isDeleted);
    // A deleted session counts only until there is another, which the next read finds.
    if (alive.length === own.length)
      knownRoots.complete(
        sessionId,
        alive.map(({ projectId }) => projectId),
        epoch,
      );
  }
  return places;
}

/** Excludes sessions that are certainly in no uncached project: most unknown sessions are new. */
function leaveOutNew(
  { seenIds, knownRoots }: HomeServices,
  projectIds: readonly string[],
  sessionIds: readonly string[],
): readonly string[] {
  if (projectIds.length * sessionIds.length > maxProofs) return sessionIds;
  return sessionIds.filter((sessionId) => {
    const known = new Set(knownRoots.find(sessionId)?.roots.map(({ projectId }) => projectId));
    return projectIds.some((id) => !known.has(id) && seenIds.mayHold(id, sessionId));
  });
}

/** What a request reads by its id. */
export interface Reading {
  readonly what: 'event' | 'session';
  readonly id: string;
  /** Project that the request names. */
  readonly named: string | undefined;
}

/**
 * The project in which an id is read.
 *
 * @throws {Problem} `conflict` when several projects have it; `not_found` when none has
 */
export async function findPlace(
  access: Access,
  services: PlaceServices,
  reading: Reading,
): Promise<string> {
  const { what, id } = reading;
  const home = await findReadHome(access, services, reading);
  if (home.kind === 'found') return home.projectId;
  if (home.kind === 'none') throw notFound(what, id);
  throw await ambiguous(access, { what, id, ...home });
}

/** What says which events a list is about. */
export interface ListHints {
  /** Project that the request names. */
  readonly named: string | null | undefined;
  readonly filters: readonly EventCondition[];
}

/**
 * The project that a list is confined to. For a key of the organisation that names none, the id of a session or event
 * that a filter asks for finds it, as if it were read by that id; else it is the default project.
 *
 * @throws {Problem} `conflict` when several projects have the id
 */
export async function findListPlace(
  access: Access,
  services: PlaceServices,
  { named, filters }: ListHints,
): Promise<string> {
  const wanted = named || !access.isOrganisation ? null : findWantedId(filters);
  if (wanted !== null) {
    const home = await findReadHome(access, services, { ...wanted, named: undefined });
    if (home.kind === 'found') return home.projectId;
    if (home.kind === 'ambiguous') throw await ambiguous(access, { ...wanted, ...home });
  }
  return (await access.forList(named)).id;
}

/** The id that all events of a list have; null if none is asked for. */
function findWantedId(filters: readonly EventCondition[]): Pick<Reading, 'what' | 'id'> | null {
  for (const what of ['session', 'event'] as const) {
    for (const filter of filters) {
      if ('anyOf' in filter || filter.operator !== 'is') continue;
      const isId = filter.path.length === 1 && filter.path[0] === `${what}_id`;
      if (isId && typeof filter.value === 'string') return { what, id: filter.value };
    }
  }
  return null;
}

async function findReadHome(
  access: Access,
  services: PlaceServices,
  { what, id, named }: Reading,
): Promise<IdHome> {
  const scope = await access.forLookup(named);
  if (scope.kind === 'project') return { kind: 'found', projectId: scope.projectId };
  const { seenIds, events } = services;
  await seenIds.catchUp();
  const projectIds =
    scope.projectIds.length > maxProofs
      ? scope.projectIds
      : scope.projectIds.filter((projectId) => seenIds.mayHold(projectId, id));
  const [only, ...others] = projectIds;
  if (only !== undefined && others.length === 0) return { kind: 'found', projectId: only };
  const heads = only === undefined ? [] : await events.readHeads(projectIds, [id]);
  return resolveHome(scope, what === 'session' ? heads.filter(isRoot) : heads, 'read');
}

/** @throws {Problem} the write found no event or session, or several */
export async function requireFound(
  access: Access,
  outcome: WriteOutcome | undefined,
  named: Pick<Reading, 'what' | 'id'>,
): Promise<void> {
  if (outcome?.kind === 'ambiguous') throw await ambiguous(access, { ...named, ...outcome });
  if (outcome?.kind !== 'notFound') return;
  const problem = notFound(named.what, named.id);
  if (outcome.elsewhere.length === 0) throw problem;
  const names = await listNames(access, outcome.elsewhere);
  throw new Problem(
    'not_found',
    `${problem.message} Keys of a project sent one: to mean it, name the project: ${names}.`,
    { issues: [...problem.issues, { field: 'project', message: `name one of: ${names}` }] },
  );
}

/** The answer to an id that several projects have. */
async function ambiguous(
  access: Access,
  { what, id, projectIds }: Pick<Reading, 'what' | 'id'> & Ambiguity,
): Promise<Problem> {
  const names = await listNames(access, projectIds);
  return new Problem(
    'conflict',
    `project: several projects have the ${what} ${JSON.stringify(id.slice(0, 200))}; name one of: ${names}.`,
    { issues: [{ field: 'project', message: `name one of: ${names}` }] },
  );
}

type Ambiguity = Pick<Extract<IdHome, { kind: 'ambiguous' }>, 'projectIds'>;

async function listNames(access: Access, projectIds: readonly string[]): Promise<string> {
  // What was answered from memory has met no project yet.
  await access.forLookup(null);
  const names = projectIds.slice(0, maxNames).map((id) => JSON.stringify(access.projectName(id)));
  const more = projectIds.length - names.length;
  return names.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
