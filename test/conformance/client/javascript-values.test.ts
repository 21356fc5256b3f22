import { HoneyHive } from 'honeyhive';
import type { CreateEventInput } from 'honeyhive';
import { HoneyHive as FetchHoneyHive } from 'honeyhive/fetch';
import { HoneyHiveSync } from 'honeyhive/sync';
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { openProject } from '../own-project.ts';
import { javascriptValues } from './javascript-values.ts';

const project = await openProject();
const options = { apiKey: project.key, baseUrl: inject('service').url, flushInterval: 0.01 };
const client = new HoneyHive(options);
const overFetch = new FetchHoneyHive(options);
const blocking = new HoneyHiveSync(options);
afterAll(async () => {
  blocking.close();
  await Promise.all([client.close(), overFetch.close()]);
});

type Sent = CreateEventInput & { readonly event_id: string };

const other = ({ session_id }: Sent): CreateEventInput => ({
  session_id,
  event_type: 'tool',
  event_name: 'other',
});

const ways: readonly (readonly [string, (event: Sent) => unknown])[] = [
  ['createEvent', (event) => client.createEvent(event)],
  ['createEvent over fetch', (event) => overFetch.createEvent(event)],
  [
    'createEventsBatch',
    async (event) => {
      const batch = await client.createEventsBatch([other(event), event, other(event)]);
      expect(batch).toMatchObject({ created_count: 3, failed_count: 0 });
    },
  ],
  [
    'updateEvent',
    async ({ outputs, error, ...begun }) => {
      await client.createEvent(begun);
      await client.updateEvent({ event_id: begun.event_id, outputs, error });
    },
  ],
  ['logEvent', (event) => client.logEvent(event).done],
  ['the blocking createEvent', (event) => blocking.createEvent(event)],
  [
    'the blocking createEventsBatch',
    (event) => blocking.createEventsBatch([other(event), event, other(event)]),
  ],
  [
    'the blocking logEvent',
    (event) => {
      blocking.logEvent(event);
      blocking.flush();
    },
  ],
];

describe.each(ways)('%s', (_name, send) => {
  const build = (over: Partial<Sent>): Sent => ({
    event_id: randomUUID(),
    session_id: randomUUID(),
    event_type: 'tool',
    event_name: 'step',
    ...over,
  });

  test.each(javascriptValues)('sends %s in its documented form', async (_value, make, form) => {
    const event = build({ outputs: { value: make() } });

    await send(event);

    expect((await client.getEvent(event.event_id)).outputs).toEqual({ value: form });
  });

  test('sends an error as its name and message, with its stack in the metadata', async () => {
    const error = new TypeError('no route');
    const event = build({ error });

    await send(event);

    const stored = await client.getEvent(event.event_id);
    expect(stored.error).toBe('TypeError: no route');
    expect(stored.metadata).toMatchObject({ error: { stack: error.stack } });
  });
});

test('a session is sent by the same table', async () => {
  const metadata = { tags: new Set(['a']) };
  const sessions = [
    await client.createSession({ metadata }),
    blocking.createSession({ metadata }),
    client.logSession({ metadata }),
  ];

  await client.flush();
  for (const { session_id } of sessions)
    expect((await client.getSession(session_id)).metadata).toMatchObject({ tags: ['a'] });
});
