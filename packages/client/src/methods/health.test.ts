import { describe, expect, test } from 'vitest';
import { HoneyHive } from '../index.ts';
import { connect } from '../testing/connect.ts';
import { reply, replyText, reset, startScriptedServer } from '../testing/scripted-server.ts';

describe('health', () => {
  test('is what the service says, and needs no key', async () => {
    await using server = await startScriptedServer(reply(200, { status: 'ok', version: '1.2.3' }));
    await using client = new HoneyHive({ baseUrl: server.url });

    expect(await client.getHealth()).toMatchObject({
      status: 'ok',
      version: '1.2.3',
      reachable: true,
      server_url: server.url,
    });
  });

  test.each([
    [reply(404, {}), 'unknown', true],
    [reply(503, {}), 'unavailable', true],
    [replyText(200, 'fine'), 'unknown', true],
    [reset, 'unreachable', false],
  ])('%# never rejects, and is asked once', async (step, status, reachable) => {
    await using server = await startScriptedServer(step);
    await using client = connect(server.url);

    expect(await client.getHealthAsync()).toMatchObject({ status, reachable });
    expect(server.arrived).toHaveLength(1);
  });
});
