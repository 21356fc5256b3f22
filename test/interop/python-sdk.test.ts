import { createKey, createOperationCaller, startChild, startService } from 'honeyhive-testkit';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const service = await startService();
afterAll(() => service.stop());
await createOperationCaller(service).ok('createProject', { body: { name: 'shop' } });
const { key } = await createKey(service.dataDir, { project: 'shop', access: 'full' });
const api = createOperationCaller({ url: service.url, key });

/** The program of `npm run test:interop`. */
function findPython(): string {
  const path = process.env['INTEROP_PYTHON'];
  if (path === undefined) throw new Error('these tests are run by `npm run test:interop`');
  return path;
}

/** Runs the traced shop to its end: the id of its session, and what the SDK found of it. */
async function runShop(
  env: Readonly<Record<string, string>>,
): Promise<{ readonly session_id: string; readonly found: readonly string[] | null }> {
  const child = startChild(findPython(), [join(import.meta.dirname, 'traced_shop.py')], {
    env: { HH_API_URL: service.url, ...env },
  });
  const { code } = await child.exited;
  expect([code, code === 0 || child.output()]).toEqual([0, true]);
  return JSON.parse(child.stdout().trim().split('\n').at(-1) ?? '') as {
    session_id: string;
    found: string[] | null;
  };
}

test('with typed keys of the organisation alone, the SDK traces and reads back, whatever the project', async () => {
  const organisation = createOperationCaller(service);
  const make = async (access: 'ingest' | 'read') =>
    (await organisation.ok('createKey', { body: { name: access, access, form: 'typed' } })).api_key;

  const { session_id, found } = await runShop({
    HH_PROJECT: 'second shop',
    HH_INGESTION_API_KEY: await make('ingest'),
    HH_DATA_PLANE_API_KEY: await make('read'),
  });
  const tree = await organisation.ok('getSessionTree', { params: { session_id } });

  expect(tree).toMatchObject({ event_name: 'python shop', event_count: 5, tenant: tree.org_id });
  expect(found).toEqual(expect.arrayContaining(['answer', 'ask model', 'fail', 'look up']));
});

test.each([
  ['JSON, each span as it ends', {}],
  ['JSON, in batches', { SHOP_BATCH: '1' }],
  ['protobuf, in batches', { SHOP_BATCH: '1', HH_OTLP_PROTOCOL: 'http/protobuf' }],
])("the vendor's Python SDK traces a session: %s", async (_how, env) => {
  const { session_id } = await runShop({ HH_API_KEY: key, ...env });
  const tree = await api.ok('getSessionTree', { params: { session_id } });

  expect(tree).toMatchObject({
    event_name: 'python shop',
    source: 'interop',
    event_count: 5,
    user_properties: { user_id: 'u1' },
    metadata: { build: 7, total_tokens: 17, num_model_events: 1, has_feedback: true },
    children: [
      {
        event_type: 'chain',
        event_name: 'answer',
        error: null,
        inputs: { question: 'Where is my order?' },
        outputs: { result: 'It arrives tomorrow.' },
        children: [
          {
            event_type: 'tool',
            event_name: 'look up',
            inputs: { order_id: 17, options: '{"deep": {"er": true}}' },
            outputs: { result: { status: 'shipped', items: [{ sku: 'a' }, { sku: 'b' }] } },
          },
          { event_name: 'fail', error: 'ValueError: no such order' },
          {
            event_name: 'fail_error',
            error: 'no such order',
            metadata: { error_type: 'ValueError' },
          },
          {
            event_type: 'model',
            event_name: 'ask model',
            config: { model: 'gpt-4o', provider: 'openai' },
            metrics: { score: 0.5 },
            feedback: { rating: 4 },
          },
        ],
      },
    ],
  });
});
