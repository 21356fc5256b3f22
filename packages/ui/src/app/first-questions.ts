import type { SignedIn } from 'honeyhive-wire';
import { askEarly, putEarly } from '../api/early-answers.ts';
import { namedProjectPath } from '../api/named-project.ts';
import { findProject } from '../api/project.tsx';
import type { VisibleProject } from '../api/project.tsx';
import { hasSignInCode } from '../api/sign-in-link.ts';
import { readFirstRows } from '../list/first-rows.ts';
import { sessionPath } from '../trace/session-path.ts';
import { basePath } from '../state/base-path.ts';
import type { Place } from '../state/place.ts';

const urlOf = (path: string): string => `${window.location.origin}${basePath}${path}`;

/** Asks who is signed in, and then for what the screen of the place shows first: word for word what the screen will ask. */
export async function askFirst(place: Place): Promise<void> {
  // A link that signs in is followed before anything is asked.
  if (hasSignInCode()) return;
  const signedIn = await askEarly<SignedIn>({ method: 'GET', url: urlOf('/ui/session') });
  if (signedIn === null || !('project' in place) || place.project === undefined) return;
  const url = urlOf(namedProjectPath(place.project));
  const project =
    findProject(signedIn.projects, place.project) ??
    (await askEarly<VisibleProject>({ method: 'GET', url }));
  if (project === null) return;
  if (place.screen === 'session') askForSession(project, place.session);
  else await askForRows(place, project, signedIn.csrf_token);
}

/** Asks for the events of a session, as its screen will. */
export function askForSession({ id }: VisibleProject, session: string): void {
  const url = `${urlOf(sessionPath(session))}/skeleton?project=${encodeURIComponent(id)}`;
  void putEarly({ method: 'GET', url });
}

async function askForRows(place: Place, project: VisibleProject, token: string): Promise<void> {
  const rows = readFirstRows(place, new URLSearchParams(window.location.search), project);
  if (rows === null) return;
  const url = urlOf('/v1/explore/rows');
  await askEarly({ method: 'POST', url, body: JSON.stringify(rows) }, { 'x-csrf-token': token });
}
