import { expect, test } from 'vitest';
import { hasHash, hashKey, mintKey } from './api-key-text.ts';
import { parseKeyId } from './key-id.ts';

test('a minted key carries its id, and no two are the same', () => {
  const keys = Array.from({ length: 1_000 }, () => mintKey());

  expect(new Set(keys.map(({ key }) => key)).size).toBe(1_000);
  for (const { id, key } of keys) {
    expect(key).toMatch(/^hh_[0-9A-Za-z]{12}_[0-9A-Za-z]{32}$/);
    expect(parseKeyId(key)).toBe(id);
  }
});

test.each([
  ['ingest', /^hh_ingst_[A-Za-z0-9]{24}_[A-Za-z0-9_-]{64}$/],
  ['full', /^hh_fgdp_[A-Za-z0-9]{24}_[A-Za-z0-9_-]{64}$/],
  ['read', /^hh_fgdp_[A-Za-z0-9]{24}_[A-Za-z0-9_-]{64}$/],
] as const)('a typed key with %s access has the form that the SDKs check', (access, pattern) => {
  const { id, key } = mintKey('typed', access);

  expect(key).toMatch(pattern);
  expect(parseKeyId(key)).toBe(id);
  expect(key.startsWith(`hh_${id}_`)).toBe(true);
});

test('every character of the alphabet is as likely as any other', () => {
  const counts = new Map<string, number>();
  for (let made = 0; made < 2_000; made += 1)
    for (const char of mintKey().key.slice(16)) counts.set(char, (counts.get(char) ?? 0) + 1);

  const expected = (2_000 * 32) / 62;
  expect(counts.size).toBe(62);
  // Seven standard deviations: once in 10^10 runs.
  for (const count of counts.values())
    expect(Math.abs(count - expected)).toBeLessThan(7 * Math.sqrt(expected));
});

test.each([
  '',
  'hh_',
  'hh_aaaaaaaaaaaa',
  `hh_aaaaaaaaaaaa_${'b'.repeat(31)}`,
  `hh_aaaaaaaaaaaa_${'b'.repeat(33)}`,
  `hh_aaaaaaaaaaa-_${'b'.repeat(32)}`,
  ` hh_aaaaaaaaaaaa_${'b'.repeat(32)}`,
  `hh_aaaaaaaaaaaa_${'b'.repeat(32)}\n`,
  `hh_ingst_${'a'.repeat(24)}_${'b'.repeat(63)}`,
  `hh_fgdp_${'a'.repeat(23)}_${'b'.repeat(64)}`,
  `hh_fgcp_${'a'.repeat(24)}_${'b'.repeat(64)}`,
])('%j is no key', (text) => {
  expect(parseKeyId(text)).toBeNull();
});

test('only the key itself has its hash', () => {
  const { key } = mintKey();
  const other = mintKey().key;

  expect(hasHash(key, hashKey(key))).toBe(true);
  expect(hasHash(other, hashKey(key))).toBe(false);
  expect(hasHash(key, 'abc')).toBe(false);
  expect(hashKey(key)).not.toContain(key.slice(16));
});
