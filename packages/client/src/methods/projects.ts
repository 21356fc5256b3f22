import type { Core } from '../call/core.ts';
import { toCallInput } from '../call/endpoint-call.ts';
import { HoneyHiveNotFoundError } from '../errors/errors.ts';
import type { Issue } from '../errors/errors.ts';
import { refuse } from '../errors/refusal.ts';
import { maxProjectPage } from '../generated/types.ts';
import type { Project, ProjectInput } from '../generated/types.ts';
import type { JsonObject } from '../json/json-object.ts';
import type { CallOptions } from '../options/options.ts';
import { findBodyIssues } from '../wire/body-issues.ts';
import { decodeItems, decodeObject } from '../wire/decode.ts';
import type { Answer } from '../wire/decode.ts';
import { readExtract, toPosition } from './list-page.ts';
import type { PagePosition } from './list-page.ts';
import { openList } from './list.ts';
import type { List, ListSource } from './list.ts';
import type { Extract } from './page-plan.ts';

/** Which projects to list. */
export interface ListProjectsInput {
  /** Largest number of projects on a page, 1–1,000. @default 100 */
  readonly limit?: number | undefined;
  /** Projects to skip. @default 0 */
  readonly offset?: number | undefined;
}

/** A page of projects. */
export interface ProjectPage extends PagePosition {
  readonly projects: Project[];
}

export async function createProject(
  core: Core,
  input: ProjectInput,
  options?: CallOptions,
): Promise<Project> {
  const operation = 'createProject';
  const issues = findBodyIssues('createProject', input);
  if (issues.length > 0) throw refuse(operation, issues);
  const answer = await core.call(
    { ...toCallInput({ operation, endpoint: 'createProject' }), json: input },
    options,
  );
  return decodeObject<Project>(answer, { name: 'string' });
}

export async function getProject(
  core: Core,
  name: string,
  options?: CallOptions,
): Promise<Project> {
  const operation = 'getProject';
  if (typeof name !== 'string' || name === '') {
    throw refuse(operation, [{ field: 'name', message: 'must be text that is not empty' }]);
  }
  const request = toCallInput({ operation, endpoint: 'listProjects' });
  const answer = await core.call({ ...request, query: { name } }, options);
  const { projects } = readProjects(answer);
  const project = projects.find((candidate) => candidate.name === name);
  if (project !== undefined) return project;
  const message = `getProject: no project ${JSON.stringify(name)} that this key can see; check the name`;
  const response = { status: answer.status, headers: answer.headers, body: answer.json };
  throw new HoneyHiveNotFoundError(message, {
    statusCode: 404,
    response,
    errorCode: 'not_found',
    issues: [{ field: 'name', message: 'not found' }],
    requestId: answer.requestId,
  });
}

export const listProjects = (
  core: Core,
  input?: ListProjectsInput,
  options?: CallOptions,
): List<Project, ProjectPage> => openList(projectSource(core, input, options));

/** The steps in which the list of projects is read. */
export function projectSource(
  core: Core,
  input: ListProjectsInput = {},
  options?: CallOptions,
): ListSource<Project, ProjectPage, Extract> {
  const load = async (extract: Extract) => {
    const page = await readPage(core, extract, options);
    const { limit, offset, has_more: hasMore, projects } = page;
    const cursor = hasMore ? { limit, offset: offset + projects.length } : null;
    return { page, items: [...projects], cursor };
  };
  return {
    async loadFirst() {
      const issues: Issue[] = [];
      const extract = readExtract(input, maxProjectPage, issues);
      if (issues.length > 0) throw refuse('listProjects', issues);
      return load(extract);
    },
    loadNext: load,
  };
}

async function readPage(
  core: Core,
  extract: Extract,
  options: CallOptions | undefined,
): Promise<ProjectPage> {
  const { limit, offset } = extract;
  const request = toCallInput({ operation: 'listProjects', endpoint: 'listProjects' });
  const answer = await core.call({ ...request, query: { limit, offset } }, options);
  const { projects: read, total } = readProjects(answer);
  // The vendor's service has no pages: it sends every project, as a bare list.
  const projects = total === null ? read.slice(offset, offset + limit) : read;
  const position = toPosition(extract, { total: total ?? read.length, count: projects.length });
  return { projects, ...position };
}

/** The projects of an answer; `total` is null when they are all there are. */
export function readProjects(answer: Answer): { projects: Project[]; total: number | null } {
  const shape = { name: 'string' } as const;
  if (Array.isArray(answer.json)) {
    return {
      projects: decodeItems<Project>(answer, { value: answer.json, path: '' }, shape),
      total: null,
    };
  }
  const body = decodeObject<JsonObject>(answer, { projects: 'array' });
  const list = { value: body['projects'], path: 'projects' };
  const total = typeof body['total'] === 'number' ? body['total'] : null;
  return { projects: decodeItems<Project>(answer, list, shape), total };
}
