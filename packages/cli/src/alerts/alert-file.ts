import { formatPath, operations } from 'honeyhive-wire';
import type { AlertIn, DestinationIn, findIssues } from 'honeyhive-wire';
import { isObject } from './plain-object.ts';
import { readSource } from './file-source.ts';
import type { FileIssue, FileSource } from './file-source.ts';

/** An alert in a file: as the service takes it, with the names of destinations instead of their ids. */
export type FileAlert = Omit<AlertIn, 'destination_ids'> & {
  readonly destinations?: readonly string[];
};

/** A destination in a file. Without its URL, one that is there keeps it. */
export type FileDestination =
  | DestinationIn
  | { readonly kind: 'webhook' | 'slack'; readonly name: string; readonly url?: undefined };

/** What `honeyhive apply` gives a project. */
export interface AlertFile {
  readonly project: string | null;
  readonly destinations: readonly FileDestination[];
  readonly alerts: readonly FileAlert[];
  readonly source: FileSource;
}

type Environment = Readonly<Record<string, string | undefined>>;

const keys = ['project', 'destinations', 'alerts'];

/**
 * Reads a file of alerts and destinations. `${NAME}` in a URL stands for a variable of the environment, so that the
 * file holds no secret.
 *
 * @throws {Failure} with a line for everything that is wrong
 */
export function readAlertFile(
  { name, text }: { readonly name: string; readonly text: string },
  env: Environment,
): AlertFile {
  const source = readSource(name, text);
  const issues: FileIssue[] = [];
  const { project, destinations, alerts } = readTop(source.value, issues);
  const file = {
    project,
    destinations: destinations.flatMap(
      (value, index) => readDestination(value, { at: ['destinations', index], env, issues }) ?? [],
    ),
    alerts: alerts.flatMap(
      (value, index) => readAlert(value, { at: ['alerts', index], issues }) ?? [],
    ),
  };
  for (const part of ['destinations', 'alerts'] as const)
    issues.push(...findNamesakes(part, file[part]));
  if (issues.length > 0) throw source.toFailure(issues, formatPath);
  return { ...file, source };
}

interface Top {
  readonly project: string | null;
  readonly destinations: readonly unknown[];
  readonly alerts: readonly unknown[];
}

function readTop(value: unknown, issues: FileIssue[]): Top {
  if (!isObject(value)) {
    issues.push({ path: [], message: `expected a mapping with ${keys.join(', ')}` });
    return { project: null, destinations: [], alerts: [] };
  }
  for (const key of Object.keys(value).filter((each) => !keys.includes(each)))
    issues.push({ path: [key], message: `unknown key: expected ${keys.join(', ')}` });
  const readList = (key: 'destinations' | 'alerts'): readonly unknown[] => {
    const list = value[key] ?? [];
    if (Array.isArray(list)) return list;
    issues.push({ path: [key], message: 'expected a list' });
    return [];
  };
  const { project = null } = value;
  if (project !== null && typeof project !== 'string')
    issues.push({ path: ['project'], message: 'expected the name or id of a project' });
  return {
    project: typeof project === 'string' ? project : null,
    destinations: readList('destinations'),
    alerts: readList('alerts'),
  };
}

interface Place {
  readonly at: readonly PropertyKey[];
  readonly issues: FileIssue[];
}

function readDestination(
  value: unknown,
  { at, env, issues }: Place & { readonly env: Environment },
): FileDestination | null {
  if (!isObject(value)) {
    issues.push({ path: at, message: 'expected a mapping with name and kind' });
    return null;
  }
  const { url } = value;
  if (url === undefined && (value['kind'] === 'webhook' || value['kind'] === 'slack')) {
    const whole = { ...value, url: 'https://example.com/' };
    if (!check(operations.createAlertDestination.body, whole, { at, issues })) return null;
    return value as FileDestination;
  }
  const filled =
    typeof url === 'string' ? { ...value, url: fillUrl(url, { at, env, issues }) } : value;
  return check(operations.createAlertDestination.body, filled, { at, issues })
    ? (filled as FileDestination)
    : null;
}

function fillUrl(url: string, { at, env, issues }: Place & { readonly env: Environment }): string {
  return url.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => {
    const found = env[name];
    if (found !== undefined && found !== '') return found;
    issues.push({ path: [...at, 'url'], message: `the variable ${name} is not set` });
    return whole;
  });
}

function readAlert(value: unknown, { at, issues }: Place): FileAlert | null {
  if (!isObject(value)) {
    issues.push({ path: at, message: 'expected a mapping with a name' });
    return null;
  }
  const { destinations = [], ...alert } = value;
  const areNames =
    Array.isArray(destinations) && destinations.every((name) => typeof name === 'string');
  if (!areNames)
    issues.push({ path: [...at, 'destinations'], message: 'expected names of destinations' });
  if ('destination_ids' in alert)
    issues.push({
      path: [...at, 'destination_ids'],
      message: 'unknown key: name them in `destinations`',
    });
  return check(operations.createAlert.body, alert, { at, issues }) && areNames
    ? (value as FileAlert)
    : null;
}

/** Whether a value has its shape. */
function check(
  schema: Parameters<typeof findIssues>[0],
  value: object,
  { at, issues }: Place,
): boolean {
  const found = schema.safeParse(value, { reportInput: false });
  if (found.success) return true;
  for (const { path, message, ...issue } of found.error.issues) {
    const names = issue.code === 'unrecognized_keys' ? issue.keys : [];
    if (names.length === 0) issues.push({ path: [...at, ...path], message });
    for (const name of names) issues.push({ path: [...at, ...path, name], message: 'unknown key' });
  }
  return false;
}

function findNamesakes(
  part: 'destinations' | 'alerts',
  items: readonly { readonly name: string }[],
): FileIssue[] {
  return items.flatMap(({ name }, index) => {
    const first = items.findIndex((each) => each.name === name);
    return first === index
      ? []
      : [{ path: [part, index, 'name'], message: `${JSON.stringify(name)} is there twice` }];
  });
}
