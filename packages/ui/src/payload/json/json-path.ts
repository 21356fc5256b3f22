import { JsonKind, type JsonDocument } from './json-document.ts';

/** From the root: a key for each object, a place for each array. */
export type JsonPath = (string | number)[];

export function pathOf(document: JsonDocument, index: number): JsonPath {
  const path: JsonPath = [];
  for (let at = index; document.parentOf(at) >= 0; at = document.parentOf(at)) {
    path.push(document.keyOf(at) ?? document.positionOf(at));
  }
  return path.toReversed();
}

/** The value at a path; null if missing. The inverse of {@link pathOf} unless keys are duplicated. */
export function valueAt(document: JsonDocument, path: JsonPath): number | null {
  let at = 0;
  for (const step of path) {
    const found = childAt(document, at, step);
    if (found === null) return null;
    at = found;
  }
  return at;
}

function childAt(document: JsonDocument, parent: number, step: string | number): number | null {
  const isArray = document.kindOf(parent) === JsonKind.array;
  if (isArray !== (typeof step === 'number')) return null;
  const end = document.nextOf(parent);
  for (let child = parent + 1; child < end; child = document.nextOf(child)) {
    const isIt =
      typeof step === 'number' ? document.positionOf(child) === step : document.hasKey(child, step);
    if (isIt) return child;
  }
  return null;
}

const plainKey = /^[\p{L}_$][\p{L}\p{N}_$-]*$/u;

/**
 * A path as text: `inputs.messages[2]."my key"`. Keys that are no plain word stand in quotes, as in a query.
 * The root alone is the empty text.
 */
export function printPath(path: JsonPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') {
      text += `[${step}]`;
      continue;
    }
    if (text !== '') text += '.';
    text += plainKey.test(step) ? step : JSON.stringify(step);
  }
  return text;
}
