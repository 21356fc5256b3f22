import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';

/** JSON text of a reply. A tree of events may be deeper than `JSON.stringify` can follow; everything else is not. */
export function toReplyText(reply: unknown): string {
  try {
    return JSON.stringify(reply);
  } catch (error) {
    if (error instanceof RangeError && isJsonObject(reply)) return toTreeText(reply);
    throw error;
  }
}

/** JSON text of an object whose `children` are such objects again; iterative, so that any depth will do. */
function toTreeText(root: JsonObject): string {
  const parts: string[] = [];
  const open: (JsonObject | string)[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'string') {
      parts.push(next);
      continue;
    }
    const { children, ...own } = next;
    const text = JSON.stringify(own);
    parts.push(text.slice(0, -1), text === '{}' ? '"children":[' : ',"children":[');
    const nodes: readonly JsonObject[] = Array.isArray(children) ? children : [];
    open.push(']}');
    for (const [index, node] of [...nodes.entries()].toReversed()) {
      open.push(node);
      if (index > 0) open.push(',');
    }
  }
  return parts.join('');
}
