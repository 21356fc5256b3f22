import type { Project } from 'honeyhive-wire';
import { ask } from '../api/client.ts';

/** Some of the projects with a text in their name, and how many there are. */
export interface FoundProjects {
  readonly projects: readonly Project[];
  readonly total: number;
}

/** Projects that are shown at once. */
const mostShown = 50;

/** How long one may pause in typing before the service is asked. */
export const typingMs = 150;

/** Projects by a part of their name, which the service looks for. */
export async function findProjects(search: string, signal: AbortSignal): Promise<FoundProjects> {
  const query = { search, limit: String(mostShown), offset: '0' };
  const found = await ask('listProjects', { query, signal });
  // With a limit the service answers the total as well.
  return 'projects' in found ? found : { projects: found, total: found.length };
}
