import type { z } from 'zod';
import type { Issue } from './errors.ts';

/** A path as people write it: `events[3].inputs.a`. */
export function formatPath(path: readonly PropertyKey[]): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else text += text === '' ? String(part) : `.${String(part)}`;
  }
  return text;
}

/**
 * What is wrong with a value, field by field; empty when it fits.
 *
 * The schemas are pure shapes: a value that fits is used as it is, so nothing is copied or changed on the way.
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
    const options = issue.errors.flat().map((option) => option.message);
    return [
      { field: formatPath(path), message: [...new Set(options)].join(', or ') || issue.message },
    ];
  }
  return [{ field: formatPath(path), message: toMessage(issue.message) }];
}

const toMessage = (text: string): string => text.replace(/^Invalid (?:input|option): /, '');
