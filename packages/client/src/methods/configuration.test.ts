import { describe, expect, test } from 'vitest';
import { connect } from '../testing/connect.ts';
import { reply, startScriptedServer } from '../testing/scripted-server.ts';

describe('configuration', () => {
  const settings = { project: 'bot', sampling_rate: 1, retention_days: null, alert_thresholds: {} };

  test.each([
    [{ project: 'bot' }, undefined, [], '/v1/projects/bot/settings'],
    [{ project: 'bot' }, 'other one', [], '/v1/projects/other%20one/settings'],
    [{}, undefined, [reply(200, { projects: [{ name: 'only' }] })], '/v1/projects/only/settings'],
    [{}, undefined, [reply(200, [{ name: 'a' }, { name: 'b' }])], '/v1/projects/default/settings'],
    [{}, undefined, [reply(200, [])], '/v1/projects/default/settings'],
  ])('of a client with %j, asked for %s', async (options, project, before, url) => {
    const [first = reply(200, settings)] = before;
    await using server = await startScriptedServer(first, reply(200, settings));
    await using client = connect(server.url, options);

    expect(await client.getConfiguration(project)).toEqual(settings);
    expect(server.arrived.at(-1)).toMatchObject({ method: 'GET', url });
  });

  test('updateConfiguration sends the bare settings', async () => {
    await using server = await startScriptedServer(reply(200, settings));
    await using client = connect(server.url);
    const configuration = { sampling_rate: 0.1, alert_thresholds: { error_rate: 0.05 } };

    await client.updateConfiguration({ project: 'bot', configuration });

    expect(server.arrived[0]).toMatchObject({
      method: 'PUT',
      url: '/v1/projects/bot/settings',
      json: configuration,
    });
  });
});
