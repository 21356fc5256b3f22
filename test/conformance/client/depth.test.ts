import { HoneyHive } from 'honeyhive';
import { buildEvent } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openProject } from '../own-project.ts';

/** Levels of objects in a field of an event, itself among them. Contract: `limits.jsonDepth`. */
const mostLevels = 100;

const { api, url, key } = await openProject();

const read = async (event_id: string) => (await api.ok('getEvent', { params: { event_id } })).event;

const nest = (levels: number): Readonly<Record<string, unknown>> => {
  let value: Record<string, unknown> = {};
  for (let level = 1; level < levels; level += 1) value = { v: value };
  return value;
};

test('a field may nest as deep in an event that comes alone as in one of a batch', async () => {
  const alone = await api.send('createEvent', {
    body: { event: buildEvent({ inputs: nest(mostLevels) }) },
  });
  const tooDeep = await api.send('createEvent', {
    body: { event: buildEvent({ inputs: nest(mostLevels + 1) }) },
  });
  const batch = await api.ok('createEventBatch', {
    body: {
      events: [mostLevels, mostLevels + 1, 1].map((levels) => buildEvent({ inputs: nest(levels) })),
    },
  });

  expect([alone.status, tooDeep.status]).toEqual([200, 400]);
  expect(batch).toMatchObject({ created_count: 2, errors: [{ index: 1 }] });
});

test.each([
  ['as deep as it may', { inputs: nest(mostLevels) }],
  ['deeper', { inputs: nest(mostLevels + 1) }],
  ['much deeper, beside what JSON has no form for', { inputs: { deep: nest(5000), big: 1n } }],
  ['deep under an unknown key, which moves into the metadata', { own: nest(mostLevels + 1) }],
])('the service takes what the client leaves of what nests %s', async (_, fields) => {
  const client = new HoneyHive({ apiKey: key, baseUrl: url, warnings: false });
  const [session_id, event_id] = [randomUUID(), randomUUID()];

  client.logEvent({ session_id, event_id, event_type: 'tool', event_name: 'step', ...fields });
  const report = await client.flush();
  const alone = await client.createEvent({
    session_id,
    event_type: 'tool',
    event_name: 'step',
    ...fields,
  });
  await client.close();

  expect(report).toMatchObject({ stored: 1, dropped: {} });
  const [logged, awaited] = await Promise.all([event_id, alone.event_id].map(read));
  expect(logged?.inputs).toEqual(awaited?.inputs);
  for (const event of [logged, awaited])
    expect(event).toMatchObject('own' in fields ? { metadata: { own: {} } } : { inputs: {} });
});
