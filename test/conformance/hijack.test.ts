import { buildEvent } from 'honeyhive-testkit';
import type { OperationCaller, OperationInput } from 'honeyhive-testkit';
import type { OperationId } from 'honeyhive-wire';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openNeighbours } from './attacked-project.ts';
import { buildExport, buildSpan } from './otlp/spans.ts';
import { openProject } from './own-project.ts';

const { attacker, attackers, reader, shop, organisation, sender } = await openNeighbours();

type Ids = {
  readonly session_id: string;
  readonly event_id: string;
  readonly project?: string;
};
const makeIds = (): Ids => ({
  session_id: `chat ${randomUUID()}`,
  event_id: `event ${randomUUID()}`,
});

type Send = (ids: Ids) => readonly [OperationId, OperationInput];
const secret = { inputs: { secret: 'CONFIDENTIAL' } };
const eventOf = (ids: Ids) => buildEvent({ ...ids, ...secret });
const inPath = ({ session_id }: Ids) => ({ params: { session_id } });

/** Every operation that stores an event of a session without naming a project. */
const sends: Readonly<Record<string, Send>> = {
  createEvent: (ids) => ['createEvent', { body: { event: eventOf(ids) } }],
  createEventStrict: (ids) => ['createEventStrict', { body: eventOf(ids) }],
  createModelEvent: (ids) => ['createModelEvent', { body: { model_event: eventOf(ids) } }],
  createEventBatch: (ids) => ['createEventBatch', { body: { events: [eventOf(ids)] } }],
  'createEventBatch with one session': ({ session_id, ...event }) => [
    'createEventBatch',
    {
      body: {
        is_single_session: true,
        session_properties: { session_id },
        events: [buildEvent({ ...event, ...secret })],
      },
    },
  ],
  createEventBatchStrict: (ids) => ['createEventBatchStrict', { body: { events: [eventOf(ids)] } }],
  createModelEventBatch: (ids) => [
    'createModelEventBatch',
    { body: { model_events: [eventOf(ids)] } },
  ],
  addSessionTraces: (ids) => [
    'addSessionTraces',
    { ...inPath(ids), body: { logs: [eventOf(ids)] } },
  ],
  addSessionEvents: (ids) => [
    'addSessionEvents',
    { ...inPath(ids), body: { events: [eventOf(ids)] } },
  ],
  exportTraces: ({ session_id, event_id, project }) => [
    'exportTraces',
    {
      body: buildExport([
        buildSpan({
          'honeyhive.session_id': session_id,
          honeyhive_event_id: event_id,
          ...(project === undefined ? {} : { 'honeyhive.project': project }),
        }),
      ]),
    },
  ],
};

/** Every operation that starts a session; the event is its root. */
const starts: Readonly<Record<string, Send>> = {
  startSession: ({ session_id }) => ['startSession', { body: { session: { session_id } } }],
  createSession: ({ session_id }) => ['createSession', { body: { session_id } }],
  'createEvent of a root': ({ session_id }) => [
    'createEvent',
    { body: { event: { event_id: session_id, event_type: 'session', event_name: 'root' } } },
  ],
};

/** What a key of the project puts under the ids of others: an event of the session, or its root. */
const plants: Readonly<Record<string, Send>> = {
  'an event': ({ session_id }) => [
    'createEvent',
    { body: { event: buildEvent({ session_id, event_name: 'planted' }) } },
  ],
  'a root': ({ session_id }) => [
    'startSession',
    { body: { session: { session_id, session_name: 'planted' } } },
  ],
};

const run = (api: OperationCaller, [id, input]: ReturnType<Send>) => api.ok(id, input);
const statusOf = async (api: OperationCaller, event_id: string, project?: string) => {
  const query = project === undefined ? {} : { project };
  return (await api.send('getEvent', { params: { event_id }, query })).status;
};
/** [what a reader of the attacker's project gets, what is in the named project]. */
const whereIs = async (event_id: string, project: string) => [
  await statusOf(reader, event_id),
  await statusOf(organisation, event_id, project),
];
const read = async (api: OperationCaller, event_id: string, project?: string) =>
  (
    await api.ok('getEvent', {
      params: { event_id },
      query: project === undefined ? {} : { project },
    })
  ).event;

const kinds = Object.keys(attackers) as (keyof typeof attackers)[];
const attacks = kinds.flatMap((kind) => Object.keys(plants).map((plant) => [kind, plant] as const));

describe.each(attacks)('a %s key of one project that plants %s', (kind, plant) => {
  const plantIn = (ids: Ids) => run(attackers[kind], plants[plant]?.(ids) ?? ['getHealth', {}]);

  test.each(Object.entries(sends))('leads nothing of %s into it', async (_name, send) => {
    const [before, after, meanwhile] = [makeIds(), makeIds(), makeIds()];
    await plantIn(before);
    await run(sender, send(before));
    const first = { ...after, event_id: `first ${randomUUID()}` };
    await run(sender, send(first));
    await plantIn(after);
    await run(sender, send(after));
    await Promise.all([plantIn(meanwhile), run(sender, send(meanwhile)), plantIn(meanwhile)]);

    for (const { event_id } of [before, first, after, meanwhile])
      expect(await whereIs(event_id, 'default')).toEqual([404, 200]);
  });

  test.each(Object.entries(starts))('leads no %s into it', async (_name, start) => {
    const ids = makeIds();
    await plantIn(ids);
    await run(sender, start(ids));
    await run(sender, sends['createEvent']?.(ids) ?? ['getHealth', {}]);
    const root = await read(organisation, ids.session_id, 'default');

    expect(root).toMatchObject({ project: 'default' });
    expect(await whereIs(ids.event_id, 'default')).toEqual([404, 200]);
  });

  test('leads a session that was started by name nowhere else', async () => {
    const ids = makeIds();
    const session = { session_id: ids.session_id, project: shop };
    await plantIn(ids);
    await sender.ok('startSession', { body: { session } });
    await plantIn(ids);
    for (const [name, send] of Object.entries(sends)) {
      const event_id = `${name} ${ids.event_id}`;
      await run(sender, send({ ...ids, event_id }));
      expect(await whereIs(event_id, shop)).toEqual([404, 200]);
    }
  });

  test('does not drive the organisation out of a session that it names in that project', async () => {
    const ids = makeIds();
    await plantIn(ids);
    const named = buildEvent({ session_id: ids.session_id, project: attacker });
    await sender.ok('createEvent', { body: { event: named } });
    await run(sender, sends['addSessionTraces']?.(ids) ?? ['getHealth', {}]);

    expect(await whereIs(ids.event_id, 'default')).toEqual([200, 404]);
  });
});

describe.each(kinds)('a %s key of one project that plants an event', (kind) => {
  const plant = (event_id: string, more: object = {}) =>
    attackers[kind].ok('createEvent', {
      body: { event: buildEvent({ event_id, event_name: 'planted', ...more }) },
    });
  const updates: readonly OperationId[] = ['updateEvent', 'updateEventById'];
  const update = (id: OperationId, event_id: string, query: Record<string, string> = {}) =>
    sender.ok(id, {
      query,
      params: { event_id },
      body: { ...(id === 'updateEvent' ? { event_id } : {}), outputs: { answer: 'SECRET' } },
    });

  test.each(updates)('gets no update: %s', async (id) => {
    const [{ event_id }, inShop] = [makeIds(), makeIds()];
    await plant(event_id);
    await plant(inShop.event_id);
    await sender.ok('createEvent', { body: { event: buildEvent({ event_id }) } });
    await sender.ok('createEvent', {
      body: { event: buildEvent({ event_id: inShop.event_id, project: shop }) },
    });

    await update(id, event_id);
    await update(id, inShop.event_id);

    for (const [at, project] of [
      [event_id, 'default'],
      [inShop.event_id, shop],
    ] as const) {
      expect(await read(reader, at)).toMatchObject({ event_name: 'planted', outputs: {} });
      expect((await read(organisation, at, project)).outputs).toEqual({ answer: 'SECRET' });
    }
  });

  test.each(updates)('gets no update that waits for its event: %s', async (id) => {
    const { event_id } = makeIds();
    const answer = await update(id, event_id);
    await plant(event_id);
    const late = makeIds();
    await plant(late.event_id);
    const second = await update(id, late.event_id);
    for (const at of [event_id, late.event_id])
      await sender.ok('createEvent', { body: { event: buildEvent({ event_id: at }) } });

    expect([answer, second]).toMatchObject([{ held: true }, { held: true }]);
    for (const at of [event_id, late.event_id]) {
      expect((await read(reader, at)).outputs).toEqual({});
      expect((await read(organisation, at, 'default')).outputs).toEqual({ answer: 'SECRET' });
    }
  });

  test.each(updates)('takes no update from the same event of the organisation: %s', async (id) => {
    const ids = makeIds();
    await plant(ids.event_id, { session_id: ids.session_id });
    await update(id, ids.event_id);
    const own = buildEvent({ ...ids, project: attacker });
    await sender.ok('createEvent', { body: { event: own } });

    expect((await read(reader, ids.event_id)).outputs).toEqual({ answer: 'SECRET' });
  });

  test('is deleted by nobody else, and nothing else with it', async () => {
    const [{ event_id }, alone] = [makeIds(), makeIds()];
    await plant(event_id);
    await plant(alone.event_id);
    await sender.ok('createEvent', { body: { event: buildEvent({ event_id, project: shop }) } });

    await organisation.ok('deleteEvent', { params: { event_id } });
    const refusal = await organisation.refused('deleteEvent', 404, {
      params: { event_id: alone.event_id },
    });

    expect(await whereIs(event_id, shop)).toEqual([200, 404]);
    expect(refusal.message).toContain(attacker);
    expect(await statusOf(reader, alone.event_id)).toBe(200);
    await organisation.ok('deleteEvent', {
      params: { event_id: alone.event_id },
      query: { project: attacker },
    });
    expect(await statusOf(reader, alone.event_id)).toBe(404);
  });

  test('makes no room for itself when the event of the organisation was deleted', async () => {
    const { event_id } = makeIds();
    await sender.ok('createEvent', { body: { event: buildEvent({ event_id }) } });
    await organisation.ok('deleteEvent', { params: { event_id } });
    await plant(event_id);

    await sender.refused('updateEvent', 404, { body: { event_id, outputs: { answer: 'SECRET' } } });

    expect((await read(reader, event_id)).outputs).toEqual({});
    expect(await statusOf(organisation, event_id)).toBe(404);
  });

  test('is read instead of no other', async () => {
    const { event_id, session_id } = makeIds();
    await plant(event_id, { session_id });
    await sender.ok('createEvent', {
      body: { event: buildEvent({ event_id, session_id, event_name: 'real', project: shop }) },
    });
    const event = { params: { event_id } };
    const session = { params: { session_id } };

    expect((await organisation.ok('getEvent', event)).event).toMatchObject({ event_name: 'real' });
    expect((await organisation.ok('exploreEvent', event)).event).toMatchObject({ project: shop });
    expect(await organisation.ok('getSession', session)).toMatchObject({ project: shop });
    expect(await organisation.ok('getSessionTree', session)).toMatchObject({ project: shop });
    const part = { params: { event_id, part: 'event' } };
    expect((await organisation.send('exploreEventPart', part)).text).toContain('"real"');
    const { names } = await organisation.ok('exploreSkeleton', session);
    expect(names).toContain('real');
  });

  test('is deleted with no session of the organisation', async () => {
    const { session_id } = makeIds();
    await plant(randomUUID(), { session_id });
    await sender.ok('createEvent', { body: { event: buildEvent({ session_id }) } });

    await organisation.ok('deleteSession', { params: { session_id } });

    expect(await whereIs(session_id, 'default')).toEqual([200, 404]);
    const refusal = await organisation.refused('deleteSession', 404, { params: { session_id } });
    expect(refusal.message).not.toContain('default');
  });
});

describe('an id that the organisation wrote in two projects', () => {
  const twice = async () => {
    const ids = makeIds();
    for (const project of ['default', shop])
      await organisation.ok('createEvent', { body: { event: buildEvent({ ...ids, project }) } });
    return ids;
  };
  const names = ['"default"', JSON.stringify(shop)];

  test('is answered with the names of both, whatever is asked', async () => {
    const ids = await twice();
    const event = { params: { event_id: ids.event_id } };
    const session = { params: { session_id: ids.session_id } };
    const asked: readonly (readonly [OperationId, OperationInput])[] = [
      ['getEvent', event],
      ['deleteEvent', event],
      ['updateEventById', { ...event, body: { outputs: { a: 1 } } }],
      ['exploreEvent', event],
      ['exploreEventPart', { params: { ...event.params, part: 'inputs' } }],
      ['getSession', session],
      ['getSessionTree', session],
      ['deleteSession', session],
      ['exploreSkeleton', session],
      ['exploreFind', { ...session, body: { text: 'x' } }],
      ['exploreSessionTail', { ...session, query: { for_ms: '1' } }],
      ...Object.values(starts).map((start) => start(ids)),
      ...Object.entries(sends)
        .filter(([name]) => name !== 'exportTraces')
        .map(([, send]) => send({ ...ids, event_id: randomUUID() })),
    ];

    for (const [id, input] of asked) {
      const { errorCode, issues, message } = await organisation.refused(id, 409, input);
      expect([id, errorCode, issues?.[0]?.field]).toEqual([
        id,
        'conflict',
        expect.stringMatching(/(^|\.)project$/),
      ]);
      for (const name of names) expect(message).toContain(name);
    }
    expect((await read(organisation, ids.event_id, shop)).outputs).toEqual({});
    expect(await statusOf(organisation, ids.event_id, 'default')).toBe(200);
  });

  test('costs no other event of a batch its place', async () => {
    const { session_id } = await twice();
    const [ambiguous, named, other] = [
      buildEvent({ session_id }),
      buildEvent({ session_id, project: shop }),
      buildEvent(),
    ];

    const result = await sender.ok('createEventBatch', {
      body: { events: [ambiguous, named, other] },
    });

    expect(result.event_ids).toEqual([named.event_id, other.event_id]);
    expect(result.errors).toMatchObject([{ index: 0, code: 'conflict' }]);
    expect(result.errors[0]?.message).toContain('events[0].project: name one of: ');
  });

  test('is refused as a span, and the others of the request are stored', async () => {
    const { session_id } = await twice();
    const spans = [
      buildSpan({ 'honeyhive.session_id': session_id }),
      buildSpan({ 'honeyhive.session_id': session_id, 'honeyhive.project': shop }),
    ];

    const { partialSuccess } = await sender.ok('exportTraces', { body: buildExport(spans) });

    expect(partialSuccess).toMatchObject({ rejectedSpans: '1' });
    expect(partialSuccess?.errorMessage).toContain(JSON.stringify(shop));
  });

  test('is nothing to the key of one of them', async () => {
    const ids = makeIds();
    for (const project of ['default', attacker])
      await organisation.ok('createEvent', {
        body: { event: buildEvent({ ...ids, project, event_name: project }) },
      });

    expect(await read(reader, ids.event_id)).toMatchObject({ event_name: attacker });
    await attackers.full.ok('deleteEvent', { params: { event_id: ids.event_id } });

    expect(await whereIs(ids.event_id, 'default')).toEqual([404, 200]);
  });
});

test('what only keys of several projects sent is read by the name of its project', async () => {
  const { event_id } = makeIds();
  await attackers.full.ok('createEvent', { body: { event: buildEvent({ event_id }) } });
  const { name: other, api } = await openProject();

  expect((await organisation.ok('getEvent', { params: { event_id } })).event).toMatchObject({
    project: attacker,
  });
  await api.ok('createEvent', { body: { event: buildEvent({ event_id }) } });
  const refusal = await organisation.refused('getEvent', 409, { params: { event_id } });

  expect(refusal.message).toContain(attacker);
  expect(refusal.message).toContain(other);
});

test('a key of a project reaches its own project alone, whatever it names', async () => {
  for (const send of Object.values(sends)) {
    const ids = makeIds();
    await organisation.ok('startSession', {
      body: { session: { session_id: ids.session_id, project: shop } },
    });
    await run(attackers.ingest, send({ ...ids, project: shop }));
    expect(await whereIs(ids.event_id, shop)).toEqual([200, 404]);
  }
});

test('a key that may only read writes nothing', async () => {
  for (const send of [...Object.values(sends), ...Object.values(starts)]) {
    const ids = makeIds();
    const [id, input] = send(ids);
    await reader.refused(id, 403, input);
    expect(await whereIs(ids.event_id, 'default')).toEqual([404, 404]);
  }
});
