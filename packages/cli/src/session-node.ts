/** A session or an event of it, with what the tree shows of it. */
export interface SessionNode {
  readonly name: string;
  readonly type: string;
  readonly durationMs: number;
  /** null when the step went well. */
  readonly error: string | null;
  /** null when it used none. */
  readonly totalTokens: number | null;
  /** US dollars; null when it cost nothing, or nobody said. */
  readonly costUsd: number | null;
  readonly children: readonly SessionNode[];
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && value !== '' ? value : otherwise;

const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

function firstNumber(places: readonly Fields[], names: readonly string[]): number | null {
  for (const place of places) {
    for (const name of names) {
      const number = numberOf(place[name]);
      if (number !== null) return number;
    }
  }
  return null;
}

/** Where applications put what a step used: in metadata, or in a `usage` object there or in the outputs. */
function readUsage(event: Fields): Pick<SessionNode, 'totalTokens' | 'costUsd'> {
  const metadata = isFields(event['metadata']) ? event['metadata'] : {};
  const outputs = isFields(event['outputs']) ? event['outputs'] : {};
  const places = [metadata, metadata['usage'], outputs['usage']].filter(isFields);
  const parts = [
    firstNumber(places, ['prompt_tokens', 'input_tokens']),
    firstNumber(places, ['completion_tokens', 'output_tokens']),
  ];
  const sum = parts.every((part) => part === null)
    ? null
    : parts.reduce<number>((total, part) => total + (part ?? 0), 0);
  return {
    totalTokens: firstNumber(places, ['total_tokens']) ?? sum,
    costUsd: firstNumber(places, ['cost', 'total_cost', 'cost_usd']),
  };
}

/** An event as the service sends it, with its `children`; anything that does not exist is shown as absent. */
export function toSessionNode(event: unknown): SessionNode {
  const top = makeNode(event);
  const open = [top];
  // Not recursive: how deep a session is nested is up to the application.
  for (let next = open.pop(); next; next = open.pop()) {
    for (const child of next.wireChildren) {
      const made = makeNode(child);
      next.node.children.push(made.node);
      open.push(made);
    }
  }
  return top.node;
}

interface OpenNode {
  readonly node: SessionNode & { readonly children: SessionNode[] };
  readonly wireChildren: readonly unknown[];
}

function makeNode(value: unknown): OpenNode {
  const event = isFields(value) ? value : {};
  const children: unknown = event['children'];
  return {
    node: {
      name: textOf(event['event_name'], 'unknown'),
      type: textOf(event['event_type'], 'unknown'),
      durationMs: numberOf(event['duration']) ?? 0,
      error: typeof event['error'] === 'string' ? event['error'] : null,
      ...readUsage(event),
      children: [],
    },
    wireChildren: Array.isArray(children) ? children : [],
  };
}
