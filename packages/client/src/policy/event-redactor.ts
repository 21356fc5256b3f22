import { isObject } from '../json/json-object.ts';
import type { JsonObject } from '../json/json-object.ts';
import { followPaths, parseJsonPath } from '../json/json-path.ts';
import type { JsonPath } from '../json/json-path.ts';

/** What to take out of events: whole values by their path, and parts of texts by their look. */
export interface RedactRules {
  /**
   * Such as `inputs.messages[*].content`, `$.metadata['user.email']` or `$..password`. Whatever is there is replaced.
   */
  readonly paths?: readonly string[] | undefined;
  /**
   * Replaced wherever they are found in a text; a string stands for itself. Numbers and the names of keys are left
   * alone.
   */
  readonly patterns?: readonly (string | RegExp)[] | undefined;
  /** @default '[redacted]' */
  readonly replacement?: string | undefined;
}

/** A function from an event, session or update to what is sent in its stead; or rules. */
export type RedactOption =
  | ((event: Record<string, unknown>) => Record<string, unknown>)
  | RedactRules;

/**
 * Takes out of an event, session or update what must not leave the process.
 *
 * Gives a new object and leaves the given one alone. What ties events together (ids, kind, project)
 * stays. Throws when the event cannot be written as JSON, or when the function of the caller
 * does: then nothing may be sent.
 */
export type EventRedactor = (event: JsonObject) => JsonObject;

/** Without these an event belongs nowhere, and a repeated one is no longer the same. */
const linkKeys: ReadonlySet<string> = new Set([
  'event_id',
  'session_id',
  'parent_id',
  'children_ids',
  'event_type',
  'project',
]);

/** @param option as {@link findRedactProblem} accepts it; null leaves events as they are */
export function createEventRedactor(option: RedactOption | null): EventRedactor {
  if (option === null) return (event) => event;
  const change = typeof option === 'function' ? byFunction(option) : byRules(option);
  return (event) => {
    // What is looked at is what will be sent, results of toJSON and all, and nobody else's object.
    const copy: unknown = JSON.parse(JSON.stringify(event));
    if (!isObject(copy)) throw new TypeError('the event is not an object as JSON');
    return change(copy);
  };
}

/** What is wrong with a value given for the option; null when nothing is. */
export function findRedactProblem(given: unknown): string | null {
  if (typeof given === 'function') return null;
  if (!isObject(given)) return 'must be a function, or an object with paths and patterns';
  const unknown = Object.keys(given).find((name) => !known.has(name));
  if (unknown !== undefined) return `has ${unknown}, which is not one of ${[...known].join(', ')}`;
  const { paths = [], patterns = [], replacement = '' } = given;
  if (!isText(replacement)) return 'must have text for replacement';
  return findPatternProblem(patterns) ?? findPathsProblem(paths);
}

const isText = (value: unknown): value is string => typeof value === 'string';

function findPatternProblem(patterns: unknown): string | null {
  const isPattern = (value: unknown) => value instanceof RegExp || (isText(value) && value !== '');
  return Array.isArray(patterns) && patterns.every(isPattern)
    ? null
    : 'must have patterns that are regular expressions or texts';
}

const known: ReadonlySet<string> = new Set(['paths', 'patterns', 'replacement']);

function findPathsProblem(paths: unknown): string | null {
  if (!Array.isArray(paths)) return 'must have a list of paths';
  return paths.map(findPathProblem).find(isText) ?? null;
}

function findPathProblem(path: unknown): string | null {
  const steps = typeof path === 'string' ? parseJsonPath(path) : null;
  if (steps === null) {
    return `has the path ${JSON.stringify(path)}, which cannot be read; write it like inputs.messages[*].content`;
  }
  const [first] = steps;
  const isLink = first?.kind === 'key' && linkKeys.has(first.key);
  return isLink ? `has the path ${first.key}, which ties events together` : null;
}

function byFunction(redact: (event: JsonObject) => unknown): EventRedactor {
  return (event) => {
    const links = Object.fromEntries(Object.entries(event).filter(([key]) => linkKeys.has(key)));
    const redacted = redact(event);
    if (!isObject(redacted)) throw new TypeError('redact did not return an object');
    return { ...links, ...redacted };
  };
}

function byRules({ paths = [], patterns = [], replacement = '[redacted]' }: RedactRules) {
  const parsed = paths.map(parseJsonPath).filter((path) => path !== null);
  const hide = createTextFilter(patterns, replacement);
  const walk = (value: unknown, rest: readonly JsonPath[]): unknown => {
    if (typeof value === 'string') return hide(value);
    const visit = (member: string | number, child: unknown): unknown => {
      const arrival = followPaths(rest, member);
      return arrival.isEnd ? replacement : walk(child, arrival.rest);
    };
    if (Array.isArray(value)) return value.map((child: unknown, place) => visit(place, child));
    return isObject(value) ? mapMembers(value, visit) : value;
  };
  return (event: JsonObject): JsonObject =>
    mapMembers(event, (key, value) => {
      if (linkKeys.has(key)) return value;
      const arrival = followPaths(parsed, key);
      return arrival.isEnd ? emptied(value, replacement) : walk(value, arrival.rest);
    });
}

/** A field of the event itself keeps its kind, or goes: the service would refuse text for a bucket or a time. */
function emptied(value: unknown, replacement: string): unknown {
  if (isObject(value)) return {};
  return typeof value === 'string' || Array.isArray(value) ? replacement : undefined;
}

// Through entries, because a key may be `__proto__`.
const mapMembers = (
  value: JsonObject,
  change: (key: string, child: unknown) => unknown,
): JsonObject =>
  Object.fromEntries(Object.entries(value).map(([key, child]) => [key, change(key, child)]));

function createTextFilter(
  patterns: readonly (string | RegExp)[],
  replacement: string,
): (text: string) => string {
  const rules = patterns.map((pattern) =>
    // Sticky ones would stop at the first place that does not match.
    typeof pattern === 'string'
      ? pattern
      : new RegExp(pattern.source, `${pattern.flags.replace(/[gy]/g, '')}g`),
  );
  // Given as a function, because `$&` in a text would put back what was found.
  return (text) =>
    rules.reduce<string>((rest, rule) => rest.replaceAll(rule, () => replacement), text);
}
