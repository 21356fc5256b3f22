import { buildEvent } from 'honeyhive-testkit';
import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { buildExport, buildSpan } from './otlp/spans.ts';
import { openProject } from './own-project.ts';

const { api, name: project } = await openProject();

const start = 1_760_000_000_000;
const names = Array.from({ length: 40 }, (_each, place) => `step ${place}`);

/** Names of the events of a session in the web UI, page by page. */
async function readPages(session_id: string, direction: string): Promise<string[]> {
  const filters = [{ field: 'session_id', operator: 'is', value: session_id }];
  const sort = { field: 'start_time', direction };
  const found: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const body = { project, scope: 'events', filters, sort, limit: 7, cursor };
    const page = await api.ok('exploreRows', { body });
    const isStep = ({ event_id }: { event_id: string }) => event_id !== session_id;
    found.push(...page.rows.filter(isStep).map(({ event_name }) => event_name));
    cursor = page.next_cursor;
  }
  return found;
}

/** Names of the steps of a session: in its tree, its skeleton, and in lists, which have the newest first. */
async function readOrders(session_id: string) {
  const filters = [{ field: 'session_id', operator: 'is', value: session_id }];
  const params = { session_id };
  const tree = await api.ok('getSessionTree', { params });
  const skeleton = await api.ok('exploreSkeleton', { params });
  const list = await api.ok('exportEvents', { body: { filters } });
  const found = await api.ok('exploreFind', { params, body: { text: 'step ' } });
  const steps = (found: readonly unknown[]) =>
    found.map(String).filter((name) => name.startsWith('step '));
  return {
    tree: steps(tree.children.map(({ event_name }) => event_name)),
    skeleton: steps(
      skeleton.ids.flatMap((id, at) =>
        id === session_id ? [] : [skeleton.names[skeleton.name[at] ?? -1]],
      ),
    ),
    found: steps(
      found.hits.flatMap(({ event_id, snippet }) => (event_id === session_id ? [] : [snippet])),
    ),
    oldest: steps(await readPages(session_id, 'ascending')),
    newest: steps(await readPages(session_id, 'descending')),
    list: steps(
      list.events.flatMap((event) => (event.event_id === session_id ? [] : [event['event_name']])),
    ),
  };
}

const inOrder = {
  tree: names,
  skeleton: names,
  found: names,
  oldest: names,
  newest: names.toReversed(),
  list: names.toReversed(),
};

test('events of one millisecond without ids stand in the order in which they were sent', async () => {
  const session_id = randomUUID();
  const events = names.map((event_name, place) => {
    const { event_id: _id, ...event } = buildEvent({ event_name, session_id, start_time: start });
    // What was sent first ends last.
    return { ...event, duration: 100 - place };
  });

  await api.ok('createEventBatch', { body: { events } });

  expect(await readOrders(session_id)).toEqual(inOrder);
});

test('spans that begin in one millisecond stand in the order in which they ended', async () => {
  const session_id = randomUUID();
  const traceId = randomBytes(16).toString('hex');
  const spans = names.map((name, place) =>
    buildSpan(
      { 'session.id': session_id },
      {
        name,
        traceId,
        startTimeUnixNano: `${start}000000`,
        endTimeUnixNano: `${start + 1 + place}000000`,
        // Whose parent went elsewhere.
        parentSpanId: '00000000000000ff',
      },
    ),
  );

  await api.ok('exportTraces', { body: buildExport(spans) });

  expect(await readOrders(session_id)).toEqual(inOrder);
});
