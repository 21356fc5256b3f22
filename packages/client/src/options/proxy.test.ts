import { describe, expect, test } from 'vitest';
import { findEnvironmentProxy, parseProxy, toOrigin } from './proxy.ts';

const proxy = { kind: 'http', hostname: 'proxy.example', port: 8080, credentials: null };
const service = 'https://api.example.com/path';

describe('parseProxy', () => {
  test.each([
    ['http://proxy.example:8080', proxy],
    ['proxy.example:8080', proxy],
    ['http://proxy.example', { ...proxy, port: 80 }],
    ['https://proxy.example', { ...proxy, kind: 'https', port: 443 }],
    ['socks5://proxy.example', { ...proxy, kind: 'socks5', port: 1080 }],
    ['socks5h://proxy.example:9', { ...proxy, kind: 'socks5', port: 9 }],
    ['http://[::1]:3128/', { ...proxy, hostname: '::1', port: 3128 }],
    [
      'http://us%40er:p%3Aa%2Fss@proxy.example:8080',
      { ...proxy, credentials: { username: 'us@er', password: 'p:a/ss' } },
    ],
    [
      'socks5://user:100%@proxy.example:8080',
      { ...proxy, kind: 'socks5', credentials: { username: 'user', password: '100%' } },
    ],
  ])('reads %s', (text, expected) => {
    expect(parseProxy(text)).toEqual(expected);
  });

  test.each(['', ' ', 'ftp://proxy.example', 'http://', 'http://a b', 'http://proxy:70000'])(
    'takes %j for no proxy',
    (text) => {
      expect(parseProxy(text)).toBeNull();
    },
  );

  test('is shown without its credentials', () => {
    expect(
      toOrigin(parseProxy('http://user:secret@[::1]:3128') ?? { ...proxy, kind: 'http' }),
    ).toBe('http://[::1]:3128');
  });
});

describe('findEnvironmentProxy', () => {
  test.each([
    [service, { HTTPS_PROXY: 'proxy.example:8080' }, 8080],
    [service, { https_proxy: 'proxy.example:1', HTTPS_PROXY: 'proxy.example:2' }, 1],
    [service, { ALL_PROXY: 'socks5://proxy.example:3' }, 3],
    [service, { HTTP_PROXY: 'proxy.example:4' }, null],
    [service, { HTTPS_PROXY: '' }, null],
    ['http://api.example.com', { HTTP_PROXY: 'proxy.example:5' }, 5],
    ['http://api.example.com', { HTTP_PROXY: 'proxy.example:5', REQUEST_METHOD: 'GET' }, null],
    ['http://localhost:4040', { HTTP_PROXY: 'proxy.example:5' }, null],
    ['http://127.0.0.1:4040', { HTTP_PROXY: 'proxy.example:5' }, null],
    ['http://[::1]:4040', { HTTP_PROXY: 'proxy.example:5' }, null],
  ])('of %s in %j has the port %s', (url, environment, port) => {
    expect(findEnvironmentProxy(url, environment)?.port ?? null).toBe(port);
  });

  test.each([
    ['*', true],
    ['api.example.com', true],
    ['API.Example.COM', true],
    ['example.com', true],
    ['.example.com', true],
    ['*.example.com', true],
    ['other.com, .example.com', true],
    ['other.com example.com', true],
    ['example.com:443', true],
    ['example.com:8443', false],
    ['ample.com', false],
    ['api.example.com.evil.com', false],
    ['', false],
  ])('goes without for NO_PROXY=%s: %s', (list, isExempt) => {
    const environment = { HTTPS_PROXY: 'proxy.example:8080', NO_PROXY: list };

    expect(findEnvironmentProxy(service, environment) === null).toBe(isExempt);
  });
});
