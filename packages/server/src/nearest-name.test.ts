import { expect, test } from 'vitest';
import { nearestName } from './nearest-name.ts';

const known = ['serve', 'demo', 'keys', 'projects', 'sessions'];

test.each([
  ['serv', 'serve'],
  ['sevre', null],
  ['session', 'sessions'],
  ['KEYS', 'keys'],
  ['proj', 'projects'],
  ['xyz', null],
  ['', null],
])('%j: %j is meant', (name, expected) => {
  expect(nearestName(name, known)).toBe(expected);
});

test('the nearest of several wins', () => {
  expect(nearestName('HH_PROT', ['HH_HOST', 'HH_PORT'])).toBe('HH_PORT');
});
