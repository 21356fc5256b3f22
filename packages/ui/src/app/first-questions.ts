import type { SignedIn } from 'honeyhive-wire';
import { askEarly, putEarly } from '../api/early-answers.ts';
import { findProject } from '../api/project.tsx';
import type { VisibleProject } from '../api/project.tsx';
import { toRoute } from '../api/route.ts';
import { hasSignInCode } from '../api/sign-in-link.ts';
import { readFirstRows } from '../list/first-rows.ts';
import { basePath } from '../state/base-path.ts';
import type { Place } from '../state/place.ts';

/** Method and address of an operation. */
function toQuestion(...route: Parameters<typeof toRoute>) {
  const { method, path } = toRoute(...route);
  return { method, url: `${window.location.origin}${basePath}${path}` };
}

/**
 * Asks who is signed in, and then for what the screen of the place shows first: word for word what the screen will ask.
 */
export async function askFirst(place: Place): Promise<void> {
  // A link that signs in is followed before anything is asked.
  if (hasSignInCode()) return;
  const signedIn = await askEarly<SignedIn>(toQuestion('getSignIn'));
  if (signedIn === null || !('project' in place) || place.project === undefined) return;
  const project =
    findProject(signedIn.projects, place.project) ??
    (await askEarly<VisibleProject>(toQuestion('getProject', { project_id: place.project })));
  if (project === null) return;
  if (place.screen === 'session') askForSession(project, place.session);
  else await askForRows(place, project, signedIn.csrf_token);
}

/** Asks for the events of a session, as its screen will. */
export function askForSession({ id }: VisibleProject, session: string): void {
  const { method, url } = toQuestion('exploreSkeleton', { session_id: session });
  void putEarly({ method, url: `${url}?project=${encodeURIComponent(id)}` });
}

async function askForRows(place: Place, project: VisibleProject, token: string): Promise<void> {
  const rows = readFirstRows(place, new URLSearchParams(window.location.search), project);
  if (rows === null) return;
  const question = { ...toQuestion('exploreRows'), body: JSON.stringify(rows) };
  await askEarly(question, { 'x-csrf-token': token });
}
