import { expect, test } from 'vitest';
import { readCaller, readCookie } from './caller.ts';
import { createEdge } from './edge.ts';

test.each([
  [undefined, null],
  ['', null],
  ['a=1', 'a', '1'],
  ['b=2; a=x-_Y', 'x-_Y'],
  ['aa=1;a=2', '2'],
  ['a=', null],
  ['a', null],
  ['a="quoted"', null],
  [`a=${'x'.repeat(201)}`, null],
])('reads the cookie a of %j', (header, ...expected) => {
  expect(readCookie(header, 'a')).toBe(expected.at(-1));
});

test('takes no header that came twice', () => {
  const edge = createEdge({ host: '127.0.0.1', publicUrl: 'none', trustedProxies: 'loopback' });
  const caller = readCaller(
    { 'x-csrf-token': ['a', 'b'], 'x-forwarded-proto': 'https' },
    { address: '192.0.2.1', peer: '::1', edge, cookieNameOf: () => 'a' },
  );

  expect(caller).toEqual({
    address: '192.0.2.1',
    isSecure: true,
    isSignedIn: false,
    signInToken: null,
    csrfToken: undefined,
    foreignPage: null,
  });
});
