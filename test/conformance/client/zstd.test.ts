import { startFaultProxy } from 'honeyhive-testkit';
import { HoneyHive } from 'honeyhive';
import { randomUUID } from 'node:crypto';
import * as zlib from 'node:zlib';
import { expect, inject, test } from 'vitest';

test('background delivery begins with gzip, and uses zstd once the service has said that it takes it', async () => {
  const { url, key: apiKey } = inject('service');
  const proxy = await startFaultProxy(url);
  // As if it were another machine: there is no compression on the way to this one.
  const baseUrl = proxy.url.replace('127.0.0.1', '0.0.0.0');
  const client = new HoneyHive({ apiKey, baseUrl, warnings: false });
  const session_id = randomUUID();
  for (let batch = 0; batch < 2; batch += 1) {
    client.logEvent({
      session_id,
      event_type: 'tool',
      event_name: 'step',
      inputs: { text: 'x'.repeat(5000) },
    });
    await client.flush();
  }

  const report = client.stats();
  const { events } = await client.listEvents({ session_id, event_type: 'tool' });
  await client.close();
  await proxy.close();

  expect(report).toMatchObject({ stored: 2, dropped: {} });
  expect(events.map(({ inputs }) => inputs['text'])).toEqual(['x'.repeat(5000), 'x'.repeat(5000)]);
  const encodings = proxy.requests.map(({ headers }) => headers['content-encoding']);
  expect(encodings.filter((encoding) => encoding !== undefined)).toEqual([
    'gzip',
    'zstdCompress' in zlib ? 'zstd' : 'gzip',
  ]);
});
