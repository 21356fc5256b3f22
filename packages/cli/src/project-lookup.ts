import type { HoneyHive, Project } from 'honeyhive';
import { Failure } from './failure.ts';

/**
 * The project of that name or id.
 *
 * @throws {Failure} when the key can see none
 */
export async function findProject(client: HoneyHive, nameOrId: string): Promise<Project> {
  for await (const project of client.listProjects({ limit: 1000 })) {
    if (project.name === nameOrId || project.id === nameOrId) return project;
  }
  throw new Failure(`there is no project ${JSON.stringify(nameOrId)} that this key can see`, {
    nextStep: '`honeyhive projects list` shows the projects.',
  });
}
