import { expect, test } from 'vitest';
import { createEdge } from './edge.ts';

const edge = (settings: { publicUrl?: string; trustedProxies?: string }) =>
  createEdge({ host: '127.0.0.1', publicUrl: 'none', trustedProxies: 'none', ...settings });

test.each(['https', 'HTTPS', 'https,http', ' https , http', 'Https, https'])(
  'a trusted proxy that writes x-forwarded-proto: %s speaks TLS with the browser',
  (proto) => {
    const { isSecure } = edge({ trustedProxies: '10.0.0.0/8' });

    expect(isSecure({ 'x-forwarded-proto': proto }, '10.1.2.3')).toBe(true);
    expect(isSecure({ 'x-forwarded-proto': proto }, '::ffff:10.1.2.3')).toBe(true);
    expect(isSecure({ 'x-forwarded-proto': proto }, '192.0.2.1')).toBe(false);
    expect(isSecure({ 'x-forwarded-proto': proto }, undefined)).toBe(false);
    expect(edge({}).isSecure({ 'x-forwarded-proto': proto }, '127.0.0.1')).toBe(false);
  },
);

test.each([undefined, 'http', 'http,https', 'xhttps', ''])(
  'x-forwarded-proto: %s is no TLS',
  (proto) => {
    const headers = proto === undefined ? {} : { 'x-forwarded-proto': proto };

    expect(edge({ trustedProxies: 'loopback' }).isSecure(headers, '::1')).toBe(false);
  },
);

test('a public address with https is TLS, whatever comes', () => {
  expect(edge({ publicUrl: 'https://obs.example.com' }).isSecure({}, '192.0.2.1')).toBe(true);
  expect(edge({ publicUrl: 'http://obs.example.com' }).isSecure({}, '192.0.2.1')).toBe(false);
});
