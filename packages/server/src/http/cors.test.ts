import { describe, expect, test } from 'vitest';
import { createCors, joinVary } from './cors.ts';

const page = 'https://app.example.com';
const get = (origin?: string) => ({ method: 'GET', headers: { origin } });
const ask = (origin: string, headers?: string) => ({
  method: 'OPTIONS',
  headers: {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': headers,
  },
});

test('without the setting nothing is allowed, and nothing said', () => {
  const cors = createCors('none');

  expect(cors.headersFor(get(page))).toEqual({});
  expect(cors.preflightFor(ask(page))).toBeNull();
});

describe('with origins', () => {
  const cors = createCors(`${page},http://localhost:5173`);

  test('their pages may read answers, and what is for scripts in them', () => {
    expect(cors.headersFor(get(page))).toEqual({
      'access-control-allow-origin': page,
      'access-control-expose-headers': 'x-request-id, retry-after, x-total-count, link',
      vary: 'origin',
    });
  });

  test.each(['https://evil.example', 'https://app.example.com.evil.example', 'null', undefined])(
    '%s may not, and caches are informed',
    (origin) => {
      expect(cors.headersFor(get(origin))).toEqual({ vary: 'origin' });
    },
  );

  test('a preflight response lists what the page may send', () => {
    expect(cors.preflightFor(ask(page, 'authorization,content-encoding, content-type'))).toEqual({
      'access-control-allow-origin': page,
      'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers': 'authorization,content-encoding, content-type',
      'access-control-max-age': '600',
      vary: 'origin',
    });
  });

  test('what is no list of headers is not repeated', () => {
    const headers = cors.preflightFor(ask(page, 'a\r\nset-cookie: b'));

    expect(headers).not.toHaveProperty('access-control-allow-headers');
  });

  test('nothing is answered to other pages, nor to an OPTIONS that asks nothing', () => {
    expect(cors.preflightFor(ask('https://evil.example'))).toBeNull();
    expect(cors.preflightFor({ method: 'OPTIONS', headers: { origin: page } })).toBeNull();
    expect(cors.preflightFor(get(page))).toBeNull();
  });
});

test('any page may come without credentials, which no setting allows', () => {
  for (const setting of ['*', page]) {
    const cors = createCors(setting);
    const headers = { ...cors.headersFor(get(page)), ...cors.preflightFor(ask(page)) };

    expect(headers['access-control-allow-origin']).toBe(setting);
    expect(Object.keys(headers)).not.toContain('access-control-allow-credentials');
  }
});

test.each([
  [undefined, 'origin'],
  ['', 'origin'],
  ['accept-encoding', 'accept-encoding, origin'],
  ['accept-encoding, origin', 'accept-encoding, origin'],
])('an answer that varies by %j varies by the origin, too', (before, joined) => {
  expect(joinVary(before, 'origin')).toBe(joined);
});
