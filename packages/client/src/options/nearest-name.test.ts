import { expect, test } from 'vitest';
import { nearestName } from './nearest-name.ts';

const known = ['apiKey', 'baseUrl', 'timeout', 'maxRetries', 'project'];

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
])('the name nearest to %s is %s', (name, nearest) => {
  expect(nearestName(name, known)).toBe(nearest);
});
