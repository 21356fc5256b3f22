import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HoneyHive } from '../honeyhive.ts';
import { nowhere, testKey } from '../testing/connect.ts';
import { reply, startScriptedServer } from '../testing/scripted-server.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'spool-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const stored = {
  event_ids: ['x'],
  success: true,
  created_count: 1,
  failed_count: 0,
  events: [],
  errors: [],
};
const event = { session_id: 's', event_type: 'tool', event_name: 'n' } as const;

test('what close drops stays in the folder, redacted, and goes out with the next client', async () => {
  const redact = { paths: ['inputs.password'] };
  const first = new HoneyHive({
    apiKey: testKey,
    baseUrl: nowhere,
    timeout: 0.1,
    spool: { dir },
    redact,
  });
  first.logEvent({ ...event, inputs: { password: 'hunter2' } });
  await first.close();
  expect(first.stats()).toMatchObject({ dropped: { closed: 1 }, unspooled: 0 });
  const [file = '', ...others] = readdirSync(dir);
  expect(others).toEqual([]);
  expect(readFileSync(join(dir, file), 'utf8')).toMatch(/^(?!.*hunter2).*"event_name":"n"/);

  await using server = await startScriptedServer(reply(200, stored));
  const next = new HoneyHive({ apiKey: testKey, baseUrl: server.url, spool: { dir } });
  const report = await next.flush();
  await next.close();

  expect(report).toMatchObject({ sent: 1, stored: 1 });
  expect(JSON.stringify(server.arrived.map(({ json }) => json))).not.toContain('hunter2');
  expect(readdirSync(dir)).toEqual([]);
});

test('nothing is written in test mode', async () => {
  const client = new HoneyHive({ testMode: true, spool: { dir: join(dir, 'none') } });
  client.logEvent(event);
  await client.close();

  expect(readdirSync(dir)).toEqual([]);
});
