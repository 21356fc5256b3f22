import { call, createOperationCaller } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { expect, inject, test } from 'vitest';
import { buildExport, buildSpan } from './otlp/spans.ts';
import { openProject } from './own-project.ts';

const { api, url, key } = await openProject();
const target = { url, key };
const dots = ['.', '..', '%2e', '%2E%2e', '.%2E', '%252e%252E'];
const event = (fields: object) => ({ event_type: 'tool', event_name: 'dots', ...fields });

test.each(dots)('an id that is a step within a path is not stored: %s', async (id) => {
  const bodies: [route: string, body: unknown, field: string][] = [
    ['POST /session/start', { session: { session_id: id } }, 'session.session_id'],
    ['POST /events', { event: event({ event_id: id }) }, 'event.event_id'],
    ['POST /events', { event: event({ session_id: id }) }, 'event.session_id'],
    ['POST /events', { event: event({ parent_id: id }) }, 'event.parent_id'],
    ['POST /events', { event: event({ project: id }) }, 'event.project'],
    ['POST /projects', { name: id }, 'name'],
    ['PUT /events', { event_id: id, feedback: {} }, 'event_id'],
  ];
  for (const [route, body, field] of bodies) {
    expect(await call(target, route, { body }), `${route} ${field}`).toMatchObject({
      status: 400,
      body: { issues: [{ field, message: expect.stringContaining('".."') }] },
    });
  }
});

test.each(dots)('in a batch, only the event with such an id is refused: %s', async (id) => {
  const good = randomUUID();
  const events = [event({ event_id: id }), event({ event_id: good }), event({ session_id: id })];

  const { created_count, errors } = await api.ok('createEventBatch', { body: { events } });

  expect(created_count).toBe(1);
  expect(errors.map(({ index }) => index)).toEqual([0, 2]);
  expect((await api.ok('getEvent', { params: { event_id: good } })).event.event_id).toBe(good);
});

/** Sends a path as it stands: clients on `fetch` normalise it before. */
async function sendPath(method: 'GET' | 'PUT' | 'DELETE', path: string) {
  const { hostname, port } = new URL(url);
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const sent = request({ hostname, port, method, path, headers });
  sent.end(method === 'PUT' ? '{}' : undefined);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: response.statusCode, body: await json(response) };
}

test.each(dots)('a path with such an id is answered with 400: %s', async (id) => {
  // As the id itself, and as what a URL parser leaves alone.
  for (const spelled of new Set([id.replaceAll('.', '%2E'), encodeURIComponent(id)])) {
    const paths: ['GET' | 'PUT' | 'DELETE', string, string][] = [
      ['GET', `/session/${spelled}`, 'session_id'],
      ['DELETE', `/v1/sessions/${spelled}`, 'session_id'],
      ['GET', `/v1/events/${spelled}`, 'event_id'],
      ['DELETE', `/events/${spelled}`, 'event_id'],
      ['PUT', `/v1/events/${spelled}`, 'event_id'],
      ['GET', `/v1/projects/${spelled}`, 'project_id'],
      ['GET', `/v1/explore/sessions/${spelled}/skeleton`, 'session_id'],
      ['DELETE', `/v1/explore/views/${spelled}`, 'view_id'],
    ];
    for (const [method, path, field] of paths) {
      expect(await sendPath(method, path), `${method} ${path}`).toMatchObject({
        status: 400,
        body: { issues: expect.arrayContaining([expect.objectContaining({ field })]) },
      });
    }
  }
});

test.each(dots)('a span that names such a session goes into one made for it: %s', async (id) => {
  const name = `span ${randomUUID()}`;
  const span = buildSpan({ 'session.id': id, honeyhive_event_id: id }, { name });

  expect(await api.ok('exportTraces', { body: buildExport([span]) })).toEqual({});

  const { events } = await api.ok('exportEvents', {
    body: { filters: [{ field: 'event_name', operator: 'is', value: name }] },
  });
  const stored = events.find((each) => each['event_type'] !== 'session');
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-8/;
  expect(stored).toMatchObject({
    event_id: expect.stringMatching(uuid),
    session_id: expect.stringMatching(uuid),
  });
});

test('a span of an organisation makes no project of such a name', async () => {
  const all = createOperationCaller({ url, key: inject('service').key });
  const span = buildSpan({ 'honeyhive.project': '..' }, { name: randomUUID() });

  const { issues } = await all.refused('exportTraces', 400, { body: buildExport([span]) });

  expect(issues).toMatchObject([
    { field: 'spans[0].project', message: expect.stringContaining('".."') },
  ]);
  expect(await call(target, 'GET /projects', { query: { name: '..' } })).not.toMatchObject({
    body: expect.arrayContaining([expect.objectContaining({ name: '..' })]),
  });
});
