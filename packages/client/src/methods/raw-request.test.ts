import { describe, expect, test } from 'vitest';
import * as errors from '../errors/errors.ts';
import { connect, nowhere } from '../testing/connect.ts';
import { reply, replyText, startScriptedServer } from '../testing/scripted-server.ts';

describe('request', () => {
  test('sends anything, and gives status, headers and data', async () => {
    await using server = await startScriptedServer(
      reply(201, { ok: true }),
      replyText(200, 'text'),
      (response) => response.writeHead(204).end(),
    );
    await using client = connect(server.url);

    const params = { a: [1, 2], b: { c: true }, d: null, e: 'x y' };
    const posted = await client.request('post', '/v1/things?z=1', { params, json: { n: 1 } });

    expect(posted).toMatchObject({
      status: 201,
      data: { ok: true },
      headers: { 'content-type': 'application/json' },
    });
    expect(server.arrived[0]).toMatchObject({
      method: 'POST',
      url: '/v1/things?z=1&a=1&a=2&b=%7B%22c%22%3Atrue%7D&e=x+y',
      json: { n: 1 },
    });
    expect(await client.request('GET', '/')).toMatchObject({ data: 'text' });
    expect(await client.request('DELETE', '/')).toMatchObject({ status: 204, data: null });
  });

  test.each([
    ['GET', 'https://elsewhere.example/'],
    ['GET', '//elsewhere.example/'],
    ['GET', 'events'],
    ['GET', '/two words'],
    ['CONNECT', '/'],
    ['GET\r\n', '/'],
  ])('refuses %j %j', async (method, path) => {
    await using client = connect(nowhere);

    await expect(client.request(method, path)).rejects.toBeInstanceOf(
      errors.HoneyHiveValidationError,
    );
  });
});
