import { describe, expect, test } from 'vitest';
import { HoneyHiveValidationError } from '../errors/errors.ts';
import { HoneyHive as FetchHoneyHive } from '../fetch-client.ts';
import { HoneyHive } from '../honeyhive.ts';
import { RequestClient } from '../request-client.ts';
import { failureOf, testKey } from '../testing/connect.ts';
import { reply, startScriptedServer } from '../testing/scripted-server.ts';
import { fillPath } from './query.ts';

const dots = ['.', '..', '%2e', '%2E%2e', '.%2E', '%2e.', '%252e%252E'];

describe('an id that is a step within a path', () => {
  test.each(dots)('is refused before anything is sent, by all entries: %s', async (id) => {
    await using server = await startScriptedServer(reply(200, {}));
    const options = { apiKey: testKey, baseUrl: server.url };
    for (const client of [new HoneyHive(options), new FetchHoneyHive(options)]) {
      const calls = [
        client.getSession(id),
        client.getEvent(id),
        client.getConfiguration(id),
        client.updateConfiguration({ project: id, configuration: {} }),
      ];
      for (const failure of await Promise.all(calls.map(failureOf))) {
        expect(failure).toBeInstanceOf(HoneyHiveValidationError);
      }
      await client.close();
    }
    for (const path of [`/v1/events/${id}`, `/${id}`, `/a/${id}/b?c=1`, `/a\\${id}`]) {
      for (const client of [new HoneyHive(options), new RequestClient(options)]) {
        expect(await failureOf(client.request('GET', path))).toMatchObject({
          issues: [{ field: 'path' }],
        });
        await client.close();
      }
    }

    expect(server.arrived).toEqual([]);
  });

  test.each(['...', '.a', 'a.', '..%', '%2e%2e%2e', '. .', 'a..b', '\t.', '．．', '%2f..'])(
    'is not any other: %j',
    (id) => {
      const path = fillPath({ operation: 'o', path: '/v1/events/{id}', values: { id } });
      const url = new URL(path, 'http://x.test');

      expect(url.pathname).toBe(path);
      expect(decodeURIComponent(path.split('/').at(-1) ?? '')).toBe(id);
    },
  );

  test('may stand in a query', async () => {
    await using server = await startScriptedServer(reply(200, {}));
    const client = new HoneyHive({ apiKey: testKey, baseUrl: server.url });

    await client.request('GET', '/events?path=/../x');

    expect(server.arrived[0]?.url).toBe('/events?path=/../x');
    await client.close();
  });
});
