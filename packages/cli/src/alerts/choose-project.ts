import type { HoneyHive, Project } from 'honeyhive';
import { Failure } from '../failure.ts';
import { findProject } from '../project-lookup.ts';

const defaultName = 'default';

/**
 * The project that is named; without a name, the only one that the key may see, or the one called `default`.
 *
 * @throws {Failure} when there is no such project
 */
export async function chooseProject(client: HoneyHive, named: string | null): Promise<Project> {
  if (named !== null) return findProject(client, named);
  const { projects } = await client.listProjects({ limit: 2 });
  const [only, ...others] = projects;
  if (only !== undefined && others.length === 0) return only;
  return findProject(client, defaultName).catch((cause: unknown) => {
    throw new Failure('there are several projects', {
      exit: 'usage',
      nextStep: 'Name one with --project.',
      cause,
    });
  });
}
