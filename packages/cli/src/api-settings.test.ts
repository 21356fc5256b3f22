import { expect, test } from 'vitest';
import { maskKey, readApiSettings } from './api-settings.ts';

test('without variables: the service of this machine, no key', () => {
  expect(readApiSettings({ HH_API_URL: '', HH_API_KEY: '' })).toEqual({
    url: 'http://127.0.0.1:4040',
    key: null,
    origins: { url: 'default', key: 'default' },
  });
});

test('the environment decides, and a slash at the end makes no difference', () => {
  expect(readApiSettings({ HH_API_URL: 'http://h:1//', HH_API_KEY: 'k' })).toEqual({
    url: 'http://h:1',
    key: 'k',
    origins: { url: 'environment', key: 'environment' },
  });
});

test.each([
  [`hh_ingst_${'a'.repeat(24)}_${'s'.repeat(64)}`, `hh_ingst_${'a'.repeat(24)}_…`],
  [`hh_fgdp_${'a'.repeat(24)}_${'s'.repeat(64)}`, `hh_fgdp_${'a'.repeat(24)}_…`],
  ['hh_4fGh2kLmN8pQ_secretsecretsecretsecretsecretse', 'hh_4fGh2kLmN8pQ_…'],
  ['some-other-key', 'som…'],
])('of %s only %s is shown', (key, shown) => {
  expect(maskKey(key)).toBe(shown);
});
