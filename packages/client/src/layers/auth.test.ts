import { describe, expect, test } from 'vitest';
import { HoneyHiveConfigError } from '../errors/errors.ts';
import { buildRequest, buildResponse } from '../testing/wire-request.ts';
import type { WireRequest } from '../wire/pipeline.ts';
import { auth, authorizationOf } from './auth.ts';

const { signal } = new AbortController();

const send = (request: Partial<WireRequest>) =>
  auth(async ({ headers }) => buildResponse({ headers }))(buildRequest(request), signal);

describe('auth', () => {
  test('names the caller by the key', () => {
    expect(authorizationOf('hh_key')).toEqual({ authorization: 'Bearer hh_key' });
    expect(authorizationOf(null)).toEqual({});
  });

  test('lets pass what names a caller, and what needs none', async () => {
    const headers = { authorization: 'Basic abc' };

    expect(await send({ headers, needsKey: true })).toMatchObject({ headers });
    expect(await send({ headers: {}, needsKey: false })).toMatchObject({ status: 200 });
  });

  test('refuses to send without a key what needs one', async () => {
    const call = send({ headers: {}, needsKey: true });

    await expect(call).rejects.toBeInstanceOf(HoneyHiveConfigError);
    await expect(call).rejects.toMatchObject({
      code: 'missing_api_key',
      message: 'createEvent: no API key; pass apiKey, or set HH_API_KEY',
    });
  });
});
