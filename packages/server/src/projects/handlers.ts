import type {
  Immutable,
  Project as WireProject,
  ProjectIn,
  ProjectPatchById,
} from 'honeyhive-wire';
import { limits } from 'honeyhive-wire';
import type { OrganisationStore } from './organisation-store.ts';
import { projectRecord } from './project-store.ts';
import type { Project, ProjectStore } from './project-store.ts';
import { Problem, invalid, notFound } from '../domain/problem.ts';
import type { Access } from '../calls/access.ts';
import type { AnswerOf, Call, Handler } from '../calls/handler.ts';
import type { Clock } from '../clock.ts';
import type { EventStore } from '../domain/event-store.ts';
import type { KnownMarks } from '../ingest/known-marks.ts';
import type { KnownRoots } from '../ingest/known-roots.ts';
import type { UseTrees } from '../ingest/use-trees.ts';
import { withinBound } from '../calls/project-finder.ts';
import { Reply } from '../calls/reply.ts';

export interface ProjectServices {
  readonly metadata: OrganisationStore &
    Pick<ProjectStore, 'listProjects' | 'createProject' | 'updateProject' | 'deleteProject'>;
  readonly events: Pick<EventStore, 'readProjectCounts' | 'deleteProject'>;
  readonly knownRoots: Pick<KnownRoots, 'clear'>;
  readonly knownMarks: Pick<KnownMarks, 'clear'>;
  readonly useTrees: Pick<UseTrees, 'clear'>;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
}

/** A project as it is sent. */
type Wire = Immutable<WireProject>;

export const listProjects: Handler<'listProjects', ProjectServices> = async (call, services) => {
  const { query, access } = call;
  const isPaged = query.limit !== undefined || query.offset !== undefined;
  const limit = readCount(query.limit, 'limit', 1) ?? (isPaged ? 100 : limits.projectPage);
  const offset = readCount(query.offset, 'offset', 0) ?? 0;
  const { projects, total } = await services.metadata.listProjects({
    limit,
    offset,
    ...toSelection(query),
    ...(access.visibleIds ? { ids: access.visibleIds } : {}),
  });
  const list = await toWireProjects(projects, services);
  const end = offset + list.length;
  const hasMore = list.length > 0 && end < total;
  const headers = {
    'x-total-count': String(total),
    ...(hasMore ? { link: toNextLink(query, { limit, offset: end }) } : {}),
  };
  const page = { projects: list, total, limit, offset, has_more: end < total };
  return new Reply(isPaged ? page : list, headers);
};

const toSelection = ({ name, search }: Call<'listProjects'>['query']) => ({
  ...(name === undefined ? {} : { name }),
  ...(search ? { search } : {}),
});

/** Where the list continues, relative to where it was asked for. RFC 8288. */
function toNextLink(
  { name, search }: Call<'listProjects'>['query'],
  page: { readonly limit: number; readonly offset: number },
): string {
  const query = new URLSearchParams({
    ...(name === undefined ? {} : { name }),
    ...(search === undefined ? {} : { search }),
    limit: String(page.limit),
    offset: String(page.offset),
  });
  return `<?${query.toString()}>; rel="next"`;
}

export const createProject: Handler<'createProject', ProjectServices> = async (call, services) =>
  create(call, services, call.body);

export const createWorkspaceProject: Handler<'createWorkspaceProject', ProjectServices> = async (
  call,
  services,
) => {
  const workspaceId = call.params.workspace_id;
  if (workspaceId !== services.metadata.organisationId && workspaceId !== 'default') {
    throw notFound('workspace', workspaceId);
  }
  return { success: true, data: await create(call, services, call.body) };
};

async function create(
  call: Pick<Call<'createProject'>, 'access'>,
  services: ProjectServices,
  input: ProjectIn,
): Promise<Wire> {
  call.access.requireOrganisation('creating projects');
  const { name, description, type, ...metadata } = input;
  const bytes = Buffer.byteLength(JSON.stringify(metadata));
  if (bytes > limits.projectMetadataBytes) {
    const message = `${bytes} bytes of extra keys, at most ${limits.projectMetadataBytes} are allowed (limit projectMetadataBytes)`;
    throw invalid([{ field: 'metadata', message }]);
  }
  const values = { name, description: description ?? '', type: type ?? null, metadata };
  const project = await withinBound(services.metadata.createProject(values, services.clock.now()));
  if (!project) throw nameTaken(name);
  return toWireProject(project, services, null);
}

export const updateProject: Handler<'updateProject', ProjectServices> = async (call, services) => {
  const { project_id: id, name, new_name: newName, description, type } = call.body;
  const which = id ?? name;
  if (!which)
    throw invalid([
      { field: 'project_id', message: 'expected `project_id`, or `name`, to say which project' },
    ]);
  const project = await call.access.project(which);
  // With an id, `name` is the new one; without it, `name` says which project.
  const newValues = { name: newName ?? (id ? name : undefined), description, type };
  return change(call.access, services, { project, input: newValues });
};

export const updateProjectById: Handler<'updateProjectById', ProjectServices> = async (
  call,
  services,
) => change(call.access, services, { project: await named(call), input: call.body });

export const updateProjectRecord: Handler<'updateProjectRecord', ProjectServices> = async (
  call,
  services,
) => ({
  success: true,
  data: await change(call.access, services, { project: await named(call), input: call.body }),
});

async function change(
  access: Access,
  services: ProjectServices,
  { project, input }: { readonly project: Project; readonly input: ProjectPatchById },
): Promise<Wire> {
  const { name, description, type } = input;
  // Clients send to a name: taking over the name takes over their events.
  if (name && name !== project.name) access.requireOrganisation('renaming a project');
  const changed = await services.metadata.updateProject(
    project.id,
    {
      ...(name ? { name } : {}),
      ...(typeof description === 'string' ? { description } : {}),
      ...(typeof type === 'string' ? { type } : {}),
    },
    services.clock.now(),
  );
  if (changed === 'conflict') throw nameTaken(name ?? '');
  if (!changed) throw notFound('project', project.name);
  return toWireProject(changed, services, null);
}

export const deleteProject: Handler<'deleteProject', ProjectServices> = async (call, services) => {
  const which = call.query.project_id ?? call.query.name;
  if (!which) throw invalid([{ field: 'name', message: 'expected the query parameter `name`' }]);
  return remove(services, await call.access.project(which));
};

export const deleteProjectById: Handler<'deleteProjectById', ProjectServices> = async (
  call,
  services,
) => remove(services, await named(call));

export const deleteProjectRecord: Handler<'deleteProjectRecord', ProjectServices> = async (
  call,
  services,
) => remove(services, await named(call));

/**
 * How often the events of a project are deleted again: requests that found it before it was deleted may still store
 * some.
 */
const maxDeletes = 20;
const deleteAgainMs = 50;

async function deleteEvents(
  { events, clock }: Pick<ProjectServices, 'events' | 'clock'>,
  project: Project,
): Promise<void> {
  for (let tries = 1; (await events.deleteProject(project.id)) > 0; tries += 1) {
    if (tries === maxDeletes) {
      const text = `Events are still being stored in project ${JSON.stringify(project.name)}.`;
      throw new Problem('unavailable', text, { retryAfter: 5 });
    }
    await clock.sleep(deleteAgainMs * tries);
  }
}

async function remove(
  services: ProjectServices,
  project: Project,
): Promise<AnswerOf<'deleteProject'>> {
  await services.metadata.deleteProject(project.id);
  await deleteEvents(services, project);
  // What comes later for one of its sessions must not be stored where nobody can see it.
  services.knownRoots.clear();
  services.knownMarks.clear();
  services.useTrees.clear();
  return { success: true, deleted: project.id };
}

export const getProject: Handler<'getProject', ProjectServices> = async (call, services) =>
  one(await named(call), services);

export const getProjectRecord: Handler<'getProjectRecord', ProjectServices> = async (
  call,
  services,
) => ({
  success: true,
  data: await one(await named(call), services),
});

async function one(project: Project, services: ProjectServices): Promise<Wire> {
  const [counts] = await services.events.readProjectCounts([project.id]);
  return toWireProject(project, services, counts ?? null);
}

const named = (call: Pick<Call<'getProject'>, 'params' | 'access'>): Promise<Project> =>
  call.access.project(call.params.project_id);

const nameTaken = (name: string): Problem =>
  new Problem('conflict', `name: there is a project ${JSON.stringify(name)} already.`, {
    issues: [{ field: 'name', message: 'taken' }],
  });

async function toWireProjects(
  projects: readonly Project[],
  services: ProjectServices,
): Promise<Wire[]> {
  if (projects.length === 0) return [];
  const counts = await services.events.readProjectCounts(projects.map(({ id }) => id));
  const byId = new Map(counts.map((count) => [count.projectId, count]));
  return projects.map((project) => toWireProject(project, services, byId.get(project.id) ?? null));
}

function toWireProject(
  project: Project,
  services: ProjectServices,
  counts: { eventCount: number; sessionCount: number } | null,
): Wire {
  const { type, created_at, updated_at, ...rest } = projectRecord.toLine(project);
  return {
    // Extra keys given on create are echoed; the project's own keys win.
    ...project.metadata,
    ...rest,
    ...(type === null ? {} : { type }),
    org_id: services.metadata.organisationId,
    workspace_id: services.metadata.organisationId,
    created_at: new Date(created_at).toISOString(),
    updated_at: new Date(updated_at).toISOString(),
    event_count: counts?.eventCount ?? 0,
    session_count: counts?.sessionCount ?? 0,
  };
}

function readCount(text: string | undefined, field: string, min: number): number | null {
  if (text === undefined || text === '') return null;
  const count = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(count >= min))
    throw invalid([{ field, message: `expected an integer of at least ${min}` }]);
  return field === 'limit' ? Math.min(count, limits.projectPage) : count;
}
