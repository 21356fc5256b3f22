import { buildEvent, buildSession } from 'honeyhive-testkit';
import { operations } from 'honeyhive-wire';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api } = await openProject();

/** A tree as names: each event with its children, in the order of the answer. */
interface Names {
  readonly [name: string]: Names;
}

function toNames(children: unknown): Names {
  if (!Array.isArray(children)) throw new Error('children is not a list');
  return Object.fromEntries(
    children.map((child: Record<string, unknown>) => [
      String(child['event_name']),
      toNames(child['children']),
    ]),
  );
}

async function store(session_id: string, events: readonly object[]) {
  await api.ok('startSession', {
    body: { session: buildSession({ session_id, start_time: 1000 }) },
  });
  await api.ok('createEventBatch', { body: { events } });
}

/** Builds events of a session whose ids begin with their names, so that others can name them as parents. */
const stepsOf = (session_id: string) => (name: string, start_time: number, parent?: string) =>
  buildEvent({
    session_id,
    event_id: `${name} ${session_id}`,
    event_name: name,
    start_time,
    ...(parent === undefined ? {} : { parent_id: `${parent} ${session_id}` }),
  });

describe.each(operations.getSessionTree.paths)('GET %s', (path) => {
  const read = (session_id: string) => api.ok('getSessionTree', { path, params: { session_id } });

  test('nests events under their parents, ordered by start', async () => {
    const id = randomUUID();
    const step = stepsOf(id);
    await store(id, [
      step('answer', 4000),
      step('search', 2500, 'plan'),
      step('plan', 2000),
      step('rank', 2700, 'search'),
      step('think', 2400, 'plan'),
    ]);

    const tree = await read(id);

    expect(toNames(tree.children)).toEqual({
      plan: { think: {}, search: { rank: {} } },
      answer: {},
    });
    expect(Object.keys(toNames(tree.children))).toEqual(['plan', 'answer']);
    expect(Object.keys(toNames(tree.children)['plan'] ?? {})).toEqual(['think', 'search']);
  });

  test('hangs an event with an unknown parent off the session', async () => {
    const id = randomUUID();
    const step = stepsOf(id);
    await store(id, [step('orphan', 2000, 'nobody'), step('child', 3000, 'orphan')]);

    const tree = await read(id);

    expect(toNames(tree.children)).toEqual({ orphan: { child: {} } });
    expect(tree.children[0]).toMatchObject({ parent_id: `nobody ${id}` });
  });

  test('shows every event once when parents form a ring', async () => {
    const id = randomUUID();
    const step = stepsOf(id);
    await store(id, [step('a', 2000, 'b'), step('b', 3000, 'a'), step('self', 4000, 'self')]);

    const text = JSON.stringify(await read(id));

    for (const name of ['a', 'b', 'self']) {
      expect(text.split(`"event_id":"${name} ${id}"`)).toHaveLength(2);
    }
  });

  test('carries the whole of each event, and the sums on the root', async () => {
    const id = randomUUID();
    const metadata = { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7, cost: 0.5 };
    await store(id, [
      buildEvent({
        session_id: id,
        event_type: 'model',
        outputs: { text: 'hi' },
        metadata,
        duration: 12,
      }),
      buildEvent({ session_id: id, error: 'no such order', feedback: { rating: 1 } }),
    ]);

    const tree = await read(id);

    expect(tree).toMatchObject({
      event_id: id,
      event_type: 'session',
      event_count: 2,
      error_count: 1,
    });
    expect(tree.metadata).toMatchObject({
      num_events: 2,
      num_model_events: 1,
      has_feedback: true,
      total_tokens: 7,
      cost: 0.5,
    });
    const model = tree.children.find((child) => child['event_type'] === 'model');
    expect(model).toMatchObject({
      session_id: id,
      parent_id: id,
      outputs: { text: 'hi' },
      metadata,
      duration: 12,
      children: [],
    });
  });

  test('lists the ids of children as they are, with those that an event included', async () => {
    const id = randomUUID();
    const step = stepsOf(id);
    await store(id, [
      { ...step('plan', 2000), children_ids: ['elsewhere'] },
      step('search', 2500, 'plan'),
    ]);

    const [plan] = (await read(id)).children;

    expect(plan?.['children_ids']).toEqual(expect.arrayContaining(['elsewhere', `search ${id}`]));
  });

  test('answers 404 for an unknown id', async () => {
    const refusal = await api.refused('getSessionTree', 404, {
      path,
      params: { session_id: 'no-such' },
    });

    expect(refusal.errorCode).toBe('not_found');
  });
});

test('answers with a chain of 5,000 events, each the child of the one before', async () => {
  const id = randomUUID();
  const step = stepsOf(id);
  const chain = Array.from({ length: 5000 }, (_each, index) =>
    step(`e${index}`, 2000 + index, index === 0 ? undefined : `e${index - 1}`),
  );
  await store(id, chain);

  const tree = await api.ok('getSessionTree', { params: { session_id: id } });

  let depth = 0;
  for (let below: unknown = tree.children; Array.isArray(below) && below.length > 0; depth += 1) {
    below = (below as Record<string, unknown>[])[0]?.['children'];
  }
  expect(depth).toBe(5000);
});
