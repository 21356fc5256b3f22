import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { HoneyHive as FetchClient } from './fetch-client.ts';
import { eventInput, testKey } from './testing/connect.ts';
import { HoneyHive } from './index.ts';
import { reply, stall, startScriptedServer } from './testing/scripted-server.ts';

const stored = {
  event_ids: [],
  success: true,
  created_count: 1,
  failed_count: 0,
  events: [],
  errors: [],
};
const entries = [
  ['honeyhive', HoneyHive],
  ['honeyhive/fetch', FetchClient],
] as const;

describe.each(entries)('under fake timers, %s', (_name, Client) => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('settles receipts, flush and close', async () => {
    await using server = await startScriptedServer(reply(200, stored));
    const client = new Client({ apiKey: testKey, baseUrl: server.url, flushInterval: 0.01 });

    const { done } = client.logEvent(eventInput);

    expect(await done).toEqual({ status: 'stored' });
    expect(await client.flush({ timeout: 5 })).toMatchObject({ stored: 1 });
    await client.close();
  });

  test('ends a flush whose time is up, and a call that has no answer', async () => {
    await using server = await startScriptedServer(stall);
    const client = new Client({
      apiKey: testKey,
      baseUrl: server.url,
      timeout: 0.05,
      logger: null,
    });
    client.logEvent(eventInput);

    expect(await client.flush({ timeout: 0.01 })).toMatchObject({ pending: 1 });
    await expect(client.createEvent(eventInput)).rejects.toMatchObject({ which: 'total' });
    await client.close();
  });
});
