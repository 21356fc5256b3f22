import { call, createKey, createOperationCaller } from 'honeyhive-testkit';
import { randomBytes, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, inject, test } from 'vitest';
import { textWith } from './matching.ts';
import { buildExport, buildSpan } from './otlp/spans.ts';
import { openProject } from './own-project.ts';

const { api, organisation, name: projectName, url, key } = await openProject();

const find = async (sessionId: string) =>
  api.ok('getSessionTree', { params: { session_id: sessionId } });

/** The events of the project whose name is the one. */
const named = async (eventName: string) => {
  const { events } = await api.ok('exportEvents', {
    body: { filters: [{ field: 'event_name', operator: 'is', value: eventName }] },
  });
  return events.filter((event) => event['event_type'] !== 'session');
};

const hex = (bytes: number) => randomBytes(bytes).toString('hex');

test.each(['/opentelemetry/v1/traces', '/v1/traces', '/v1/traces/', '/api/public/otel/v1/traces'])(
  'stores spans sent to %s',
  async (path) => {
    const name = `span ${randomUUID()}`;
    const span = buildSpan({ 'shop.order': 17 }, { name });

    const answer = await api.ok('exportTraces', { path, body: buildExport([span]) });
    const [event] = await named(name);

    expect(answer).toEqual({});
    expect(event).toMatchObject({
      event_type: 'tool',
      start_time: 1_760_000_000_000,
      end_time: 1_760_000_001_000,
      duration: 1000,
      error: null,
      metadata: {
        'shop.order': 17,
        trace_id: span.traceId,
        span_id: span.spanId,
        kind: 'internal',
        scope: { name: 'tests', version: '1.0' },
      },
    });
  },
);

test('keeps flags, URLs of schemas, and the counts of what was dropped', async () => {
  const name = `flags ${randomUUID()}`;
  const linked = { traceId: hex(16), spanId: hex(8) };
  const droppedAttributesCount = 2;
  const span = buildSpan(
    {},
    {
      name,
      flags: 257,
      links: [{ ...linked, flags: 769, droppedAttributesCount }],
      events: [{ name: 'cut', timeUnixNano: '1760000000500000000', droppedAttributesCount }],
    },
  );
  const scope = { name: 'tests', droppedAttributesCount };
  const scopeSpans = [{ scope, spans: [span], schemaUrl: 'https://schemas.example/scope' }];
  const resource = { attributes: [], droppedAttributesCount };
  const schemaUrl = 'https://schemas.example/resource';
  await api.ok('exportTraces', { body: { resourceSpans: [{ resource, scopeSpans, schemaUrl }] } });

  const dropped_attributes_count = droppedAttributesCount;
  expect(await named(name)).toMatchObject([
    {
      metadata: {
        flags: 257,
        links: [{ trace_id: linked.traceId, flags: 769, dropped_attributes_count }],
        events: [{ name: 'cut', dropped_attributes_count }],
        scope: { schema_url: 'https://schemas.example/scope', dropped_attributes_count },
        resource: { schema_url: schemaUrl, dropped_attributes_count },
      },
    },
  ]);
});

test('takes the key as the password of Basic, which nothing else does', async () => {
  const headers = { authorization: `Basic ${Buffer.from(`public:${key}`).toString('base64')}` };
  const path = '/api/public/otel/v1/traces';

  const stored = await call({ url }, `POST ${path}`, {
    body: buildExport([buildSpan({}, { name: `basic ${randomUUID()}` })]),
    key: null,
    headers,
  });
  const read = await call({ url }, 'GET /events', { key: null, headers });

  expect([stored.status, read.status]).toEqual([200, 401]);
});

test('an attribute is found by its dotted name, whether stored under it or nested', async () => {
  const project = await openProject();
  const at = 1_760_000_000_000;
  await project.api.ok('exportTraces', {
    body: buildExport([
      buildSpan(
        {
          'acme.deep.name': 'blue',
          'acme.deep.list': ['x', 'y'],
          'acme.map': { in: { key: 'z' } },
        },
        { name: 'dotted' },
      ),
    ]),
  });
  const nested = { acme: { deep: { name: 'blue', list: ['y'] }, map: { in: { key: 'z' } } } };
  await project.api.ok('createEvent', {
    body: {
      event: { event_type: 'tool', event_name: 'nested', start_time: at, metadata: nested },
    },
  });
  const path = 'metadata.acme.deep.name';
  const find = async (field: string, value: string) => {
    const filters = [{ field, operator: 'is' as const, value }];
    const { rows } = await project.api.ok('exploreRows', {
      body: { scope: 'events', filters, columns: [path] },
    });
    return new Map(rows.map(({ event_name, columns }) => [event_name, columns[path]?.text]));
  };
  const both = new Map([
    ['dotted', 'blue'],
    ['nested', 'blue'],
  ]);

  expect(await find(path, 'blue')).toEqual(both);
  expect(await find('metadata.acme.deep.list', 'y')).toEqual(both);
  expect(await find('metadata.acme.map.in.key', 'z')).toEqual(both);
  const { fields } = await project.api.ok('exploreFields', { body: { scope: 'events' } });
  expect(fields.map((field) => field.path)).toContain(path);
  expect(await project.api.ok('exploreValues', { body: { scope: 'events', path } })).toMatchObject({
    values: [{ value: 'blue', count: 2 }],
  });
  const { series } = await project.api.ok('exploreChart', {
    body: { from: at, to: at + 3_600_000, aggregation: 'count', group_by: path },
  });
  expect(series.map(({ group, total }) => [group, total])).toContainEqual(['blue', 2]);
});

test('the spans of a trace are one session, called as its first span is, whatever comes first', async () => {
  const name = `trace ${randomUUID()}`;
  const root = buildSpan({}, { name });
  const child = buildSpan(
    {},
    {
      traceId: root.traceId,
      parentSpanId: root.spanId,
      name: 'child',
      startTimeUnixNano: '1760000000100000000',
    },
  );
  const grandchild = buildSpan(
    {},
    { traceId: root.traceId, parentSpanId: child.spanId, name: 'grandchild' },
  );

  await api.ok('exportTraces', { body: buildExport([grandchild]) });
  await api.ok('exportTraces', { body: buildExport([child]) });
  await api.ok('exportTraces', { body: buildExport([root]) });
  const [event] = await named(name);
  const tree = await find(String(event?.['session_id']));

  expect(tree).toMatchObject({ session_name: name, event_count: 3 });
  expect(tree.children).toMatchObject([
    {
      event_name: name,
      children: [{ event_name: 'child', children: [{ event_name: 'grandchild' }] }],
    },
  ]);
});

test('a span that comes twice, in one request and in two, is one event', async () => {
  const name = `twice ${randomUUID()}`;
  const span = buildSpan({}, { name });

  await api.ok('exportTraces', { body: buildExport([span, span]) });
  await api.ok('exportTraces', { body: buildExport([span]) });

  expect(await named(name)).toHaveLength(1);
});

test('a session that is named gets the spans of several traces, and those of its trace that name none', async () => {
  const sessionId = randomUUID();
  const first = buildSpan({ 'session.id': sessionId }, { name: 'turn 1' });
  const beside = buildSpan({}, { traceId: first.traceId, parentSpanId: first.spanId });
  const second = buildSpan(
    { 'session.id': sessionId },
    { name: 'turn 2', startTimeUnixNano: '1760000000500000000' },
  );

  await api.ok('exportTraces', { body: buildExport([first, beside]) });
  await api.ok('exportTraces', { body: buildExport([second]) });

  expect(await find(sessionId)).toMatchObject({ session_name: 'turn 1', event_count: 3 });
});

test('a session that was started keeps its name and what was said of it', async () => {
  const session_id = randomUUID();
  await api.ok('startSession', {
    body: { session: { session_id, session_name: 'checkout', metadata: { build: 7 } } },
  });

  await api.ok('exportTraces', {
    body: buildExport([buildSpan({ 'honeyhive.session_id': session_id })]),
  });

  expect(await find(session_id)).toMatchObject({
    session_name: 'checkout',
    event_count: 1,
    metadata: { build: 7 },
  });
});

test('a session that the sender wants made has the name that it gives', async () => {
  const session_id = randomUUID();
  const attributes = {
    'honeyhive.session_id': session_id,
    'honeyhive.session_auto_create': true,
    'honeyhive.session_name': 'from the web',
  };

  await api.ok('exportTraces', { body: buildExport([buildSpan(attributes)]) });

  expect(await find(session_id)).toMatchObject({ session_name: 'from the web', event_count: 1 });
});

test('an update that came before its span is applied to it', async () => {
  const eventId = randomUUID();
  await api.ok('updateEvent', { body: { event_id: eventId, feedback: { rating: 5 } } });

  await api.ok('exportTraces', {
    body: buildExport([buildSpan({ honeyhive_event_id: eventId })]),
  });
  const { event } = await api.ok('getEvent', { params: { event_id: eventId } });

  expect(event.feedback).toEqual({ rating: 5 });
});

test('with a key of the organisation, a span or its resource says which project', async () => {
  const [ofSpan, ofResource] = [randomUUID(), randomUUID()];

  await organisation.ok('exportTraces', {
    body: buildExport([
      buildSpan({ 'honeyhive.project': projectName, honeyhive_event_id: ofSpan }),
    ]),
  });
  await organisation.ok('exportTraces', {
    body: buildExport([buildSpan({ honeyhive_event_id: ofResource })], {
      'honeyhive.project': projectName,
    }),
  });

  for (const event_id of [ofSpan, ofResource]) {
    const { event } = await api.ok('getEvent', { params: { event_id } });
    expect(event.project).toBe(projectName);
  }
});

test('stores the good spans and reports the bad ones', async () => {
  const name = `good ${randomUUID()}`;
  const good = buildSpan({}, { name });
  const bad = [
    buildSpan({}, { traceId: '00000000000000000000000000000000' }),
    buildSpan({}, { spanId: 'short' }),
    'no span',
    buildSpan({ nested: nest(150) }),
    buildSpan({ 'honeyhive.project': 'p'.repeat(201) }),
  ];

  const answer = await api.ok('exportTraces', { body: buildExport([...bad, good]) });

  expect(answer.partialSuccess).toEqual({
    rejectedSpans: '5',
    errorMessage: textWith('resourceSpans[0].scopeSpans[0].spans[0].traceId'),
  });
  expect(await named(name)).toHaveLength(1);
});

function nest(levels: number): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

test('answers 400 as a google.rpc.Status when no span can be stored', async () => {
  const refusal = await api.refused('exportTraces', 400, {
    body: buildExport([buildSpan({}, { traceId: 'x' })]),
  });

  expect(refusal).toMatchObject({ code: 3, message: textWith('traceId') });
});

test('more attributes than a span may have, and more spans than a request may, are refused', async () => {
  const crowded = Array.from({ length: 10_001 }, (_each, index) => [`a${index}`, index]);
  const many = Array.from({ length: 10_001 }, () => buildSpan());

  const attributes = await api.refused('exportTraces', 400, {
    body: buildExport([buildSpan(Object.fromEntries(crowded) as Record<string, unknown>)]),
  });
  const spans = await api.refused('exportTraces', 413, { body: buildExport(many) });

  expect(attributes.issues?.[0]?.field).toBe('resourceSpans[0].scopeSpans[0].spans[0].attributes');
  expect(spans.message).toContain('10000 spans');
});

test('nothing sent is nothing to store', async () => {
  expect(await api.ok('exportTraces', { body: {} })).toEqual({});
  expect(await api.ok('exportTraces', { body: { resourceSpans: [{ scopeSpans: [{}] }] } })).toEqual(
    {},
  );
});

describe("the JSON of the vendor's Python SDK", () => {
  test('has words for kinds and codes, and null for no parent', async () => {
    const name = `python ${randomUUID()}`;
    const span = buildSpan(
      {},
      {
        name,
        kind: 'SPAN_KIND_CLIENT',
        parentSpanId: null,
        status: { code: 'STATUS_CODE_ERROR', message: 'no stock' },
      },
    );

    await api.ok('exportTraces', { body: buildExport([span]) });

    expect(await named(name)).toMatchObject([{ error: 'no stock', metadata: { kind: 'client' } }]);
  });

  test('may have ids in base64, as a general mapping of protobuf writes them', async () => {
    const name = `base64 ${randomUUID()}`;
    const [traceId, spanId] = [hex(16), hex(8)];
    const base64 = (text: string) => Buffer.from(text, 'hex').toString('base64');

    await api.ok('exportTraces', {
      body: buildExport([
        buildSpan({}, { name, traceId: base64(traceId), spanId: base64(spanId) }),
      ]),
    });

    expect(await named(name)).toMatchObject([{ metadata: { trace_id: traceId, span_id: spanId } }]);
  });
});

describe('protobuf', () => {
  const protobuf = { 'content-type': 'application/x-protobuf' };
  const send = (raw: Buffer, headers: Readonly<Record<string, string>> = {}) =>
    api.send('exportTraces', { raw, headers: { ...protobuf, ...headers } });

  /** `{resourceSpans: [{scopeSpans: [{spans: [{traceId, spanId, name}]}]}]}` */
  const encode = (name: string, traceId = randomBytes(16)) => {
    const put = (field: number, bytes: Buffer) =>
      Buffer.concat([Buffer.from([field * 8 + 2, bytes.length]), bytes]);
    const span = [put(1, traceId), put(2, randomBytes(8)), put(5, Buffer.from(name))];
    return put(1, put(2, put(2, Buffer.concat(span))));
  };

  test.each(['identity', 'gzip'])(
    'is stored and answered with an empty message, %s',
    async (encoding) => {
      const name = `proto ${randomUUID()}`;
      const bytes = encode(name);

      const answer = await send(encoding === 'gzip' ? gzipSync(bytes) : bytes, {
        'content-encoding': encoding,
      });

      expect([answer.status, answer.headers['content-type'], answer.text]).toEqual([
        200,
        'application/x-protobuf',
        '',
      ]);
      expect(await named(name)).toHaveLength(1);
    },
  );

  test('an empty body is an empty request', async () => {
    expect((await send(Buffer.alloc(0))).status).toBe(200);
  });

  test('what is refused is answered as a google.rpc.Status in protobuf', async () => {
    const noKey = await createOperationCaller({ url }).send('exportTraces', {
      raw: encode('x'),
      headers: protobuf,
    });
    const broken = await send(Buffer.from('0aff', 'hex'));

    expect([noKey.status, noKey.headers['content-type'], noKey.text.slice(0, 2)]).toEqual([
      401,
      'application/x-protobuf',
      '\u0008\u0010',
    ]);
    expect([broken.status, broken.text.slice(0, 2)]).toEqual([400, '\u0008\u0003']);
    expect(broken.text).toContain('ExportTraceServiceRequest');
  });

  test('another type of body is refused', async () => {
    const refusal = await api.refused('exportTraces', 415, {
      raw: encode('x'),
      headers: { 'content-type': 'application/grpc' },
    });

    expect(refusal.message).toContain('application/x-protobuf');
  });
});

test('a read-only key is refused, an ingestion key is not', async () => {
  const { dataDir } = inject('service');
  const keys = {
    read: await createKey(dataDir, { access: 'read', project: projectName }),
    ingest: await createKey(dataDir, { access: 'ingest', project: projectName }),
  };
  const body = buildExport([buildSpan()]);

  const refusal = await api.refused('exportTraces', 403, { key: keys.read.key, body });
  await api.ok('exportTraces', { key: keys.ingest.key, body });

  expect(refusal).toMatchObject({ code: 7 });
  expect(JSON.stringify(refusal)).not.toContain(key);
});
