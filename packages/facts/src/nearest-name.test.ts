import { expect, test } from 'vitest';
import { nearestName } from './nearest-name.ts';

const known = ['serve', 'demo', 'keys', 'projects', 'sessions'];

test.each([
  ['serv', 'serve'],
  ['sevre', 'serve'],
  ['evres', null],
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

const options = ['apiKey', 'baseUrl', 'timeout', 'maxRetries', 'project'];

test.each([
  ['api_key', 'apiKey'],
  ['APIKEY', 'apiKey'],
  ['baseURL', 'baseUrl'],
  ['timout', 'timeout'],
  ['max-retries', 'maxRetries'],
  ['projects', 'project'],
  ['maxRetry', 'maxRetries'],
  ['colour', null],
  ['x', null],
])('%j, spelled in another style: %j is meant', (name, expected) => {
  expect(nearestName(name, options)).toBe(expected);
});
