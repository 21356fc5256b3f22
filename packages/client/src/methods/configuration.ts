import type { Core } from '../call/core.ts';
import { toCallInput } from '../call/endpoint-call.ts';
import { refuse } from '../errors/refusal.ts';
import type { ProjectSettings, ProjectSettingsInput } from '../generated/types.ts';
import { isObject } from '../json/json-object.ts';
import type { CallOptions } from '../options/options.ts';
import { findBodyIssues } from '../wire/body-issues.ts';
import { decodeObject } from '../wire/decode.ts';
import { readProjects } from './projects.ts';

/** Settings to change, and of which project. */
export interface UpdateConfigurationInput {
  /** Project name or id. Default: that of the client, else that of the key. */
  readonly project?: string | undefined;
  /** Merged into what is stored; `alert_thresholds` one by one. */
  readonly configuration: ProjectSettingsInput;
}

export async function getConfiguration(
  core: Core,
  project?: string,
  options?: CallOptions,
): Promise<ProjectSettings> {
  const operation = 'getConfiguration';
  const name = project ?? (await ownProject(core, operation, options));
  const request = toCallInput({
    operation,
    endpoint: 'getProjectSettings',
    values: { project_id: name },
  });
  return decodeObject<ProjectSettings>(await core.call(request, options), {});
}

export async function updateConfiguration(
  core: Core,
  input: UpdateConfigurationInput,
  options?: CallOptions,
): Promise<ProjectSettings> {
  const operation = 'updateConfiguration';
  if (!isObject(input) || !isObject(input.configuration)) {
    throw refuse(operation, [{ field: 'configuration', message: 'must be an object' }]);
  }
  const issues = findBodyIssues('updateProjectSettings', input.configuration);
  if (issues.length > 0) throw refuse(operation, issues);
  const name = input.project ?? (await ownProject(core, operation, options));
  const request = toCallInput({
    operation,
    endpoint: 'updateProjectSettings',
    values: { project_id: name },
  });
  const answer = await core.call({ ...request, json: input.configuration }, options);
  return decodeObject<ProjectSettings>(answer, {});
}

/** The project of calls that name none: that of the client, else the only one that the key sees. */
async function ownProject(
  core: Core,
  operation: string,
  options: CallOptions | undefined,
): Promise<string> {
  if (core.project !== null) return core.project;
  const request = toCallInput({ operation, endpoint: 'listProjects' });
  const answer = await core.call({ ...request, query: { limit: 2, offset: 0 } }, options);
  const { projects } = readProjects(answer);
  const [only] = projects;
  return only !== undefined && projects.length === 1 ? only.name : 'default';
}
