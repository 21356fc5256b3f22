import { describe, expect, test } from 'vitest';
import { HoneyHiveConfigError } from '../errors/errors.ts';
import { buildRequest, buildResponse } from '../testing/wire-request.ts';
import type { Send, WireRequest } from '../wire/pipeline.ts';
import { auth } from './auth.ts';

const { signal } = new AbortController();

async function headersSent(apiKey: string | null, request: Partial<WireRequest>) {
  let headers: Readonly<Record<string, string>> = {};
  const send: Send = async (sent) => {
    headers = sent.headers;
    return buildResponse();
  };
  await auth(apiKey)(send)(buildRequest(request), signal);
  return headers;
}

describe('auth', () => {
  test('names the caller by the key', async () => {
    const headers = await headersSent('hh_key', { headers: { accept: 'x' } });

    expect(headers).toEqual({ accept: 'x', authorization: 'Bearer hh_key' });
  });

  test('lets a header of the caller win', async () => {
    const given = { authorization: 'Basic abc' };

    expect(await headersSent('hh_key', { headers: given })).toEqual(given);
    expect(await headersSent(null, { headers: given })).toEqual(given);
  });

  test('sends without a key what needs none', async () => {
    expect(await headersSent(null, { needsKey: false })).toEqual({});
  });

  test('refuses to send without a key what needs one', async () => {
    const call = headersSent(null, { needsKey: true });

    await expect(call).rejects.toBeInstanceOf(HoneyHiveConfigError);
    await expect(call).rejects.toMatchObject({
      code: 'missing_api_key',
      message: 'createEvent: no API key; pass apiKey, or set HH_API_KEY',
    });
  });
});
