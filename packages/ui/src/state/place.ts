/** Screens of a project that have one address each. */
export const projectScreens = [
  'start',
  'sessions',
  'compare',
  'events',
  'charts',
  'alerts',
  'settings',
] as const;

export type ProjectScreen = (typeof projectScreens)[number];

/**
 * Where in the UI one is. `project` is a name or an id; home without one is that of the project that was looked at
 * last; `rest` is what follows the screen, `/alerts/<id>` for example.
 */
export type Place =
  | { readonly screen: 'home'; readonly project?: string }
  | { readonly screen: 'session'; readonly project: string; readonly session: string }
  | { readonly screen: ProjectScreen; readonly project: string; readonly rest?: readonly string[] }
  | { readonly screen: 'unknown' };

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A broken escape leads nowhere.
    return null;
  }
}

/** The place of a path as it stands in the address, without the base path. */
export function parsePlace(path: string): Place {
  const decoded = path
    .split('/')
    .filter((segment) => segment !== '')
    .map(decode);
  const segments = decoded.filter((segment) => segment !== null);
  if (decoded.length === 0) return { screen: 'home' };
  const [p, project, ...rest] = segments;
  if (p !== 'p' || project === undefined || segments.length < decoded.length) return nowhere;
  return parseScreen(project, rest);
}

const nowhere: Place = { screen: 'unknown' };

function parseScreen(project: string, [name, ...rest]: readonly string[]): Place {
  if (name === undefined) return { screen: 'home', project };
  const screen = projectScreens.find((word) => word === name);
  if (screen === undefined) return nowhere;
  const [first, ...more] = rest;
  if (first === undefined) return { screen, project };
  if (screen !== 'sessions') return { screen, project, rest };
  return more.length === 0 ? { screen: 'session', project, session: first } : nowhere;
}

/** The path of a place, from the base path on. */
export function printPlace(place: Place): string {
  if (place.screen === 'unknown' || place.project === undefined) return '/';
  const project = `/p/${encodeURIComponent(place.project)}`;
  if (place.screen === 'home') return project;
  if (place.screen === 'session') return `${project}/sessions/${encodeURIComponent(place.session)}`;
  const rest = place.rest?.map((segment) => `/${encodeURIComponent(segment)}`).join('') ?? '';
  return `${project}/${place.screen}${rest}`;
}
