import type { z } from 'zod';
import type { Issue } from './errors.ts';

/** Keys of a path are truncated to this many characters: they may be as long as a body. */
const maxKeyChars = 100;

/** A path such as `events[3].inputs.a`; keys that are no identifiers are quoted: `inputs["a.b"]`. */
export function formatPath(path: readonly PropertyKey[]): string {
  let text = '';
  for (const part of path) {
    const key = String(part).slice(0, maxKeyChars);
    if (typeof part === 'number') text += `[${part}]`;
    else if (!/^[^\s.[\]"]+$/.test(key)) text += `[${JSON.stringify(key)}]`;
    else text += text === '' ? key : `.${key}`;
  }
  return text;
}

/**
 * Problems of a value, by field; empty if it is valid.
 *
 * The schemas are pure shapes: a valid value is used unchanged, without copies.
 *
 * @param at path of the value itself, put before the path of each issue
 */
export function findIssues(
  schema: z.ZodType,
  value: unknown,
  at: readonly PropertyKey[] = [],
): Issue[] {
  const result = schema.safeParse(value, { reportInput: false });
  return result.success ? [] : result.error.issues.flatMap((issue) => toIssues(issue, at));
}

function toIssues(issue: z.core.$ZodIssue, at: readonly PropertyKey[]): Issue[] {
  const path = [...at, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: formatPath([...path, key]),
      message: 'unknown key: not allowed here',
    }));
  }
  if (issue.code === 'invalid_union') {
    // If a union member matches except for a nested problem, report that problem.
    const inside = issue.errors.filter((errors) => errors.some(isInside));
    const whole = inside.filter((errors) => !errors.some(isMissing));
    const [near, ...others] = whole.length > 0 ? whole : inside;
    if (near && others.length === 0) return near.flatMap((inner) => toIssues(inner, path));
    const options = issue.errors.flat().map((option) => option.message);
    return [
      { field: formatPath(path), message: [...new Set(options)].join(', or ') || issue.message },
    ];
  }
  return [{ field: formatPath(path), message: toMessage(issue.message) }];
}

/** A union member with a missing required key is not the intended one. */
const isMissing = ({ path, message }: z.core.$ZodIssue): boolean =>
  path.length === 1 && message.endsWith('received undefined');

const isInside = ({ path }: z.core.$ZodIssue): boolean => path.length > 0;

const toMessage = (text: string): string => text.replace(/^Invalid (?:input|option): /, '');
