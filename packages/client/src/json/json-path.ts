/** One step of a path: a key, a place in a list, any of either, or any number of levels down. */
export type PathStep =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'any' }
  | { readonly kind: 'deep' };

/** Steps from the root of an event. */
export type JsonPath = readonly PathStep[];

// RFC 9535, without slices, unions and filters; the leading `$` may be left out.
const step =
  /(?:(?<deep>\.\.)|\.(?!\[))?(?:(?<name>[^.[\]'"\s*]+)|(?<star>\*)|\[(?<index>\d+)\]|\[(?<wild>\*)\]|\[(?<quote>['"])(?<quoted>.*?)\k<quote>\])/y;

/** Reads `inputs.messages[*].content`, `$.metadata['user.email']` or `$..password`; null if it is not such a path. */
export function parseJsonPath(text: string): JsonPath | null {
  const steps: PathStep[] = [];
  let place = text.startsWith('$') ? 1 : 0;
  while (place < text.length) {
    step.lastIndex = place;
    const groups = step.exec(text)?.groups;
    if (groups === undefined) return null;
    if (groups['deep'] !== undefined) steps.push({ kind: 'deep' });
    steps.push(toStep(groups));
    place = step.lastIndex;
  }
  return steps.length === 0 ? null : steps;
}

function toStep(groups: Readonly<Record<string, string | undefined>>): PathStep {
  const key = groups['name'] ?? groups['quoted'];
  if (key !== undefined) return { kind: 'key', key };
  const index = groups['index'];
  return index === undefined ? { kind: 'any' } : { kind: 'index', index: Number(index) };
}

/** Where a walk along some paths is after one more step: what is left of each path that led here. */
export interface Arrival {
  readonly rest: readonly JsonPath[];
  /** Whether one of the paths ends here. */
  readonly isEnd: boolean;
}

/** Follows every path into one member of an object or a list. */
export function followPaths(paths: readonly JsonPath[], member: string | number): Arrival {
  const rest: JsonPath[] = [];
  let isEnd = false;
  const take = (path: JsonPath) => {
    const [first, ...others] = path;
    if (first === undefined || !leadsTo(first, member)) return;
    if (others.length === 0) isEnd = true;
    else rest.push(others);
  };
  for (const path of paths) {
    if (path[0]?.kind !== 'deep') {
      take(path);
      continue;
    }
    rest.push(path);
    take(path.slice(1));
  }
  return { rest, isEnd };
}

function leadsTo(first: PathStep, member: string | number): boolean {
  if (first.kind === 'any') return true;
  if (first.kind === 'key') return first.key === member;
  return first.kind === 'index' && first.index === member;
}
