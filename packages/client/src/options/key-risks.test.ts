import { describe, expect, test } from 'vitest';
import { HoneyHive } from '../honeyhive.ts';
import type { HoneyHiveOptions } from '../index.ts';
import { RequestClient } from '../request-client.ts';
import { failureOf, testKey } from '../testing/connect.ts';
import { reply, startScriptedServer } from '../testing/scripted-server.ts';

const health = { status: 'ok', version: '1' };

/** Takes what the client warns of. */
function createLogger() {
  const warnings: string[] = [];
  const quiet = () => undefined;
  return {
    warnings,
    logger: { debug: quiet, info: quiet, warn: (message: string) => void warnings.push(message) },
  };
}

/** Two requests through a proxy on this machine, so that none leaves it. */
async function warningsOf(options: HoneyHiveOptions): Promise<string[]> {
  await using proxy = await startScriptedServer(reply(200, health));
  const { warnings, logger } = createLogger();
  const client = new HoneyHive({
    apiKey: testKey,
    proxyUrl: proxy.url,
    logger,
    maxRetries: 0,
    timeout: 5,
    ...options,
  });
  await failureOf(client.getHealth());
  await failureOf(client.getHealth());
  await client.close();
  return warnings;
}

describe('a key that may go astray', () => {
  test('of a service of one’s own, to the host that is the default, is warned of once', async () => {
    const warnings = await warningsOf({});

    expect(warnings).toEqual([expect.stringMatching(/https:\/\/api\.honeyhive\.ai.*HH_API_URL/)]);
    expect(warnings.join('')).not.toContain(testKey.slice(3, 15));
    // Not again for another client of the process.
    expect(await warningsOf({})).toEqual([]);
  });

  test('over plain http to another machine is warned of once', async () => {
    const warnings = await warningsOf({ baseUrl: 'http://obs.example:4040' });

    expect(warnings).toEqual([expect.stringMatching(/http:\/\/obs\.example:4040.*https/)]);
    expect(warnings.join('')).not.toContain(testKey.slice(3, 15));
  });

  test.each([
    ['a key of another shape', { apiKey: 'hh_vendor-key' }],
    ['no warnings asked for', { baseUrl: 'http://quiet.example', warnings: false }],
    ['test mode', { baseUrl: 'http://test.example', testMode: true }],
    ['an address with https', { baseUrl: 'https://obs.example' }],
    ['this machine', { baseUrl: 'http://127.0.0.1:9' }],
    ['this machine by name', { baseUrl: 'http://localhost:9' }],
  ])('is not warned of with %s', async (_, options) => {
    expect(await warningsOf(options)).toEqual([]);
  });

  test('is warned of by the client on fetch, and not where a cookie is sent instead', async () => {
    await using server = await startScriptedServer(reply(200, health));
    const { warnings, logger } = createLogger();
    const fetchHere = () => fetch(`${server.url}/health`);
    const options = { apiKey: testKey, baseUrl: 'http://page.example', fetch: fetchHere, logger };

    await new RequestClient({ ...options, csrfToken: () => null }).request('GET', '/health');
    expect(warnings).toEqual([]);
    await new RequestClient(options).request('GET', '/health');
    expect(warnings).toEqual([expect.stringContaining('http://page.example')]);
  });

  test('does not end a call when the logger fails', async () => {
    await using proxy = await startScriptedServer(reply(200, health));
    const quiet = () => undefined;
    const warn = () => {
      throw new Error('full');
    };
    const client = new HoneyHive({
      apiKey: testKey,
      baseUrl: 'http://failing.example',
      proxyUrl: proxy.url,
      logger: { debug: quiet, info: quiet, warn },
    });

    expect(await client.getHealth()).toMatchObject(health);
    await client.close();
  });
});
