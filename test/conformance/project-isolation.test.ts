import {
  buildEvent,
  byLevel,
  createKey,
  createOperationCaller,
  revokeKey,
} from 'honeyhive-testkit';
import { operationList, operations } from 'honeyhive-wire';
import type { Operation } from 'honeyhive-wire';
import { describe, expect, inject, test } from 'vitest';
import { openProject } from './own-project.ts';
import { attempts, createVictim, guardedIds, readVictim } from './victim.ts';
import type { Victim } from './victim.ts';

const { url, dataDir, key: organisationKey } = inject('service');
const { api: foreign, organisation, key: foreignKey, name: foreignName } = await openProject();
const [readKey, ingestKey, revokedKey] = [
  await createKey(dataDir, { access: 'read' }),
  await createKey(dataDir, { access: 'ingest' }),
  await createKey(dataDir),
] as const;
await revokeKey(dataDir, revokedKey.id);

/** Everything that an answer says, for looking into it. */
const textOf = (value: unknown) => JSON.stringify(value);

test('there is an attempt for every operation that needs a key', () => {
  const guarded = operationList.filter(({ access }) => access !== 'public').map(({ id }) => id);

  expect(guardedIds.toSorted()).toEqual(guarded.toSorted());
});

const statusOf = { 'not found': 404, 'nothing of it': 200, forbidden: 403 };

/** A victim, and what there is to know of it. */
interface Known {
  readonly victim: Victim;
  readonly before: object;
}

const know = async (victim: Victim): Promise<Known> => ({
  victim,
  before: await readVictim(organisation, victim),
});

let shared: Promise<Victim> | undefined;
/** In `npm test`, one does for all reads. What writes leaves its own with the ids of the victim. */
const openRead = byLevel({
  short: () => (shared ??= createVictim(organisation)),
  full: () => createVictim(organisation),
});

const expectUntouched = async ({ victim, before }: Known): Promise<void> =>
  expect(await readVictim(organisation, victim)).toEqual(before);
/** In `npm test`, once after all that an operation refuses. */
const expectStill = byLevel({ short: async () => undefined, full: expectUntouched });

const rows = guardedIds.flatMap((id) => operations[id].paths.map((path) => ({ id, path })));

describe.each(rows)('$id $path', ({ id, path }) => {
  const operation: Operation = operations[id];
  const { aim, foreign: outcome } = attempts[id];
  const open = operation.access === 'read' ? openRead : () => createVictim(organisation);
  let opened: Promise<Known> | undefined;
  const openKnown = () => (opened ??= open().then(know));

  test('without a good key there is a 401, and nothing happens', async () => {
    const known = await openKnown();
    const { victim } = known;
    const nobody = createOperationCaller({ url });
    const wrong: (string | null)[] = [
      null,
      '',
      'not a key',
      revokedKey.key,
      `${organisationKey}x`,
      organisationKey.slice(0, -1),
      `${organisationKey.slice(0, -1)}${organisationKey.endsWith('a') ? 'b' : 'a'}`,
    ];

    for (const key of wrong) {
      const refusal = await nobody.refused(id, 401, { ...aim(victim), path, key });
      expect(refusal.errorCode).toBe('unauthenticated');
      expect(textOf(refusal)).not.toContain(victim.project);
    }
    await expectStill(known);
  });

  test('a key of another project finds nothing and touches nothing', async () => {
    const known = await openKnown();
    const { victim } = known;

    const { status, text } = await foreign.send(id, { ...aim(victim), path });

    expect(status).toBe(statusOf[outcome]);
    expect(text).not.toContain(`"project_id":"${victim.projectId}"`);
    expect(text).not.toContain(`"owner":"${victim.project}"`);
    await expectStill(known);
  });

  test('a key that may not do it is answered 403, and nothing happens', async () => {
    const known = await openKnown();
    const { victim } = known;
    const tooNarrow = [
      ...(operation.access === 'read' ? [] : [readKey.key]),
      ...(operation.access === 'ingest' ? [] : [ingestKey.key]),
    ];

    for (const key of tooNarrow) {
      const refusal = await organisation.refused(id, 403, { ...aim(victim), path, key });
      expect(refusal.errorCode).toBe('forbidden');
    }
    await expectUntouched(known);
  });

  test('a key of the organisation that may do it reaches the project by its name', async () => {
    const { victim } = await openKnown();
    const keys = { read: readKey.key, ingest: ingestKey.key, write: organisationKey, public: null };

    const answer = await organisation.send(id, {
      ...aim(victim),
      path,
      key: keys[operation.access],
    });

    expect([answer.status, answer.status === 200 || answer.text]).toEqual([200, true]);
  });
});

const finding = rows.filter(({ id }) => {
  const { access }: Operation = operations[id];
  return access === 'read' && attempts[id].namesProject;
});

test.each(finding)('$id $path finds what is in the project that it names', async ({ id, path }) => {
  const victim = await openRead();

  const answer = await organisation.send(id, {
    ...attempts[id].aim(victim),
    path,
    key: readKey.key,
  });

  expect(answer.status).toBe(200);
  expect(answer.text).not.toMatch(/"(totalEvents|count)":0\b|"fields":\[\]|^\[\]$/);
});

test('an update by another project is not kept for the event of this one', async () => {
  const { api } = await openProject();
  const event = buildEvent({ metadata: { own: true } });
  await foreign.ok('updateEvent', {
    body: { event_id: event.event_id, metadata: { touched: true } },
  });

  await api.ok('createEvent', { body: { event } });
  const stored = await api.ok('getEvent', { params: { event_id: event.event_id } });

  expect(stored.event.metadata).toEqual({ own: true });
});

test('the same ids in two projects are two sessions with two events', async () => {
  const victim = await createVictim(organisation);
  const { sessionId, eventId } = victim;

  await foreign.ok('startSession', { body: { session_id: sessionId, session_name: 'mine' } });
  await foreign.ok('createEvent', {
    body: buildEvent({ session_id: sessionId, event_id: eventId, event_name: 'mine' }),
  });
  const mine = await foreign.ok('getSessionTree', { params: { session_id: sessionId } });
  await foreign.ok('deleteSession', { params: { session_id: sessionId } });
  const theirs = await organisation.ok('getSessionTree', {
    params: { session_id: sessionId },
    query: { project: victim.project },
  });

  expect(mine).toMatchObject({ event_name: 'mine', project: foreignName, event_count: 1 });
  expect(theirs).toMatchObject({ project: victim.project, event_count: 1 });
  expect(theirs.children).toMatchObject([{ event_id: eventId, event_name: 'look up order' }]);
});

test('a key is taken from the authorization header alone', async () => {
  const nobody = createOperationCaller({ url });

  const answers = [
    await nobody.send('listProjects', { headers: { 'x-api-key': foreignKey } }),
    await nobody.send('listProjects', { headers: { authorization: foreignKey } }),
    await nobody.send('listProjects', { headers: { authorization: `Basic ${foreignKey}` } }),
    await nobody.send('listProjects', { query: { api_key: foreignKey } }),
    await nobody.send('listProjects', { headers: { authorization: `bearer ${foreignKey}` } }),
  ];

  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 200]);
});

test('a 401 says how to send a key', async () => {
  const nobody = createOperationCaller({ url });

  const answer = await nobody.send('listProjects');

  expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
  expect(answer.text).toContain('Authorization: Bearer');
});
