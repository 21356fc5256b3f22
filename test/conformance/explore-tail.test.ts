import { buildEvent, createKey, startService } from 'honeyhive-testkit';
import type { ExploreRow, LiveEvents } from 'honeyhive-wire';
import { afterEach, expect, inject, test } from 'vitest';
import { openProject } from './own-project.ts';
import { signIn } from './signed-in.ts';
import { openStream } from './stream-reader.ts';
import type { SentEvent, StreamReader } from './stream-reader.ts';

const { url, dataDir } = inject('service');
const open = new Set<StreamReader>();
afterEach(() => {
  for (const stream of open) stream.close();
  open.clear();
});

async function tail(
  key: string,
  {
    query = {},
    headers = {},
  }: { query?: Record<string, string>; headers?: Record<string, string> } = {},
): Promise<StreamReader> {
  const search = new URLSearchParams(query).toString();
  const stream = await openStream(`${url}/v1/explore/tail?${search}`, {
    authorization: `Bearer ${key}`,
    ...headers,
  });
  open.add(stream);
  await stream.next(({ name }) => name === 'listening');
  return stream;
}

const rowsOf = ({ name, data }: SentEvent): readonly ExploreRow[] =>
  name === 'rows' ? (data as LiveEvents['rows']).rows : [];

/** The first row of an event of this name. */
async function nextRow(stream: StreamReader, eventName: string): Promise<ExploreRow> {
  const isMeant = (row: ExploreRow) => row.event_name === eventName;
  const event = await stream.next((one) => rowsOf(one).some(isMeant));
  const row = rowsOf(event).find(isMeant);
  if (!row) throw new Error('no row');
  return row;
}

test('sends stored events and their later changes', async () => {
  const { api, key } = await openProject();
  const stream = await tail(key);
  const event = buildEvent({ event_name: 'first', inputs: { q: 'shoes' } });

  await api.ok('createEvent', { body: event });
  const created = await nextRow(stream, 'first');
  await api.ok('updateEvent', { body: { event_id: event.event_id, outputs: { a: 'two' } } });
  const updated = await nextRow(stream, 'first');
  await api.ok('deleteEvent', { params: { event_id: event.event_id } });
  const deleted = await stream.next(
    ({ name, data }) => name === 'rows' && (data as LiveEvents['rows']).removed.length > 0,
  );

  expect(stream.contentType).toBe('text/event-stream; charset=utf-8');
  expect(created).toMatchObject({ event_id: event.event_id, input_preview: { text: 'shoes' } });
  expect(updated.output_preview.text).toBe('two');
  expect(deleted.data).toEqual({ rows: [], removed: [event.event_id] });
});

test('sends only matches of filters and words, in the project of the key', async () => {
  const { api, key, name } = await openProject();
  const other = await openProject();
  const filters = [{ field: 'model', operator: 'is', value: 'gpt-5' }];
  const plain = await tail(key, { query: { q: JSON.stringify(filters) } });
  const words = await tail(key, { query: { q: JSON.stringify({ filters, text: 'zebra' }) } });
  const named = await tail(inject('service').key, { query: { project: name } });
  const config = { model: 'gpt-5' };

  await other.api.ok('createEvent', { body: buildEvent({ event_name: 'foreign', config }) });
  await api.ok('createEventBatch', {
    body: {
      events: [
        buildEvent({ event_name: 'none' }),
        buildEvent({ event_name: 'one', config }),
        buildEvent({ event_name: 'two', config, inputs: { text: 'a Zebra' } }),
      ],
    },
  });

  const names = async (stream: StreamReader) => {
    const event = await stream.next((one) => rowsOf(one).length > 0);
    return new Set(rowsOf(event).map((row) => row.event_name));
  };
  expect(await names(plain)).toEqual(new Set(['one', 'two']));
  expect(await names(words)).toEqual(new Set(['two']));
  expect(await names(named)).toEqual(new Set(['none', 'one', 'two', 'unknown']));
});

test('continues where a reader left off', async () => {
  const { api, key } = await openProject();
  const before = await tail(key);
  await api.ok('createEvent', { body: buildEvent({ event_name: 'seen' }) });
  const { id } = await before.next((one) => rowsOf(one).length > 0);
  before.close();
  await api.ok('createEvent', { body: buildEvent({ event_name: 'missed' }) });

  const after = await tail(key, { headers: { 'last-event-id': id ?? '' } });
  const missed = await nextRow(after, 'missed');

  expect(missed.event_name).toBe('missed');
});

test('says that there is a gap when a reader comes again too late, or missed too much', async () => {
  const { api, key } = await openProject();
  const start = Date.now();
  const events = Array.from({ length: 600 }, () => buildEvent({ session_id: 'one' }));
  await api.ok('createEventBatch', { body: { events } });

  const gaps = [
    await tail(key, { query: { since: '1000' } }),
    await tail(key, { query: { since: String(start) } }),
  ];

  for (const stream of gaps) {
    const { data } = await stream.next(({ name }) => name === 'dropped');
    expect(data).toMatchObject({ reason: 'resume_gap' });
  }
});

test('tells how much it leaves out when more comes than anybody reads', async () => {
  const { api, key } = await openProject();
  const stream = await tail(key);
  const events = Array.from({ length: 2_000 }, () => buildEvent({ session_id: 'one' }));

  await api.ok('createEventBatch', { body: { events } });
  const dropped = await stream.next(({ name }) => name === 'dropped');
  const rows = await stream.next((one) => rowsOf(one).length > 0);

  expect(dropped.data).toEqual({ count: 1_501, reason: 'too_many' });
  expect(rowsOf(rows)).toHaveLength(500);
});

test('takes the cookie of a sign-in, and ends after the time asked for', async () => {
  const { key } = await openProject();
  const { cookie } = await signIn(url, key);

  const stream = await openStream(`${url}/v1/explore/tail?for_ms=300`, { cookie });
  await stream.next(({ name }) => name === 'listening');

  await expect(stream.next(() => false)).rejects.toThrow('the stream ended');
});

test.each([
  [{ q: '{' }, 'q'],
  [{ q: '{"other":1}' }, 'q'],
  [{ q: '[{"field":"nope","operator":"exists"}]' }, 'filters[0].field'],
  [{ for_ms: '0' }, 'for_ms'],
])('refuses %j and names %s', async (query, field) => {
  const { api } = await openProject();

  const refusal = await api.refused('exploreTail', 400, { query });

  expect(refusal.issues?.[0]?.field).toBe(field);
});

test('ends when its key is revoked, or expires', async () => {
  const { api } = await openProject();
  const make = (expiresAt: number | null) =>
    api.ok('createKey', { body: { name: 'reader', access: 'read', expires_at: expiresAt } });
  const [revoked, brief] = [await make(null), await make(Date.now() + 8_000)];
  const streams = [await tail(revoked.api_key), await tail(brief.api_key)];

  await api.ok('revokeKey', { params: { key_id: revoked.key.id } });

  for (const stream of streams)
    await expect(stream.next(() => false)).rejects.toThrow('the stream ended');
});

test('a key that may only send cannot listen', async () => {
  const { name } = await openProject();
  const { key } = await createKey(dataDir, { project: name, access: 'ingest' });

  const stream = await openStream(`${url}/v1/explore/tail`, { authorization: `Bearer ${key}` });
  stream.close();

  expect(stream.status).toBe(403);
});

test('ends when the service stops, and does not keep it from stopping', async () => {
  const env = { HH_LOG_LEVEL: 'warn', HH_SHUTDOWN_TIMEOUT_MS: '120000' };
  const service = await startService({ env });
  const stream = await openStream(`${service.url}/v1/explore/tail`, {
    authorization: `Bearer ${service.key}`,
  });
  await stream.next(({ name }) => name === 'listening');

  const startedAt = performance.now();
  const exit = await service.stop();

  await expect(stream.next(() => false)).rejects.toThrow('the stream ended');
  expect(exit.code).toBe(0);
  expect(performance.now() - startedAt).toBeLessThan(60_000);
});
