import { expect, test } from 'vitest';
import { createHostRule } from './host-rule.ts';

const onLoopback = { publicUrl: null, listensOn: '127.0.0.1' };
const onAll = { publicUrl: null, listensOn: '0.0.0.0' };
const isPublic = { publicUrl: new URL('https://Obs.example.com'), listensOn: '0.0.0.0' };
const onName = { publicUrl: null, listensOn: 'obs.corp.example' };

const always = [
  undefined,
  'localhost',
  'localhost:4040',
  'LOCALHOST',
  'app.localhost:4040',
  '127.0.0.1:4040',
  '127.1.2.3',
  '[::1]:4040',
  '192.0.2.7:4040',
  '[2001:db8::1]',
];
const never = [
  'evil.example',
  'evil.example:4040',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  'obs.example.com.evil.example',
  '',
  ':4040',
  '[evil.example]',
  'obs.example.com@evil.example',
  'obs.example.com/evil',
  'a b',
  '.',
  `${'a'.repeat(300)}`,
];

test.each([onLoopback, onAll, isPublic, onName])('%j answers addresses and loopback', (options) => {
  const isAnswered = createHostRule(options);

  expect(always.filter((host) => !isAnswered(host))).toEqual([]);
  expect(never.filter(isAnswered)).toEqual([]);
});

test.each([
  [isPublic, 'obs.example.com', true],
  [isPublic, 'OBS.EXAMPLE.COM.:443', true],
  [isPublic, 'honeyhive:4040', false],
  [onLoopback, 'obs.example.com', false],
  [onLoopback, 'honeyhive:4040', false],
  [onAll, 'honeyhive:4040', true],
  [onAll, 'my_service', true],
  [onAll, 'host.docker.internal', true],
  [onAll, 'box.local', true],
  [onAll, 'nas.home.arpa', true],
  [onAll, 'obs.example.com', false],
  [onName, 'obs.corp.example:4040', true],
])('%j, asked as %s: %s', (options, host, expected) => {
  expect(createHostRule(options)(host)).toBe(expected);
});
