import { expect, test } from 'vitest';
import { readAuthorization } from './basic-key.ts';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const spans = { format: 'otlp' } as const;

test('spans may come with the key as the password of Basic', () => {
  expect(readAuthorization(basic('pk-public:hh_key'), spans)).toBe('Bearer hh_key');
  expect(readAuthorization(basic('hh_key:'), spans)).toBe('Bearer hh_key');
  expect(readAuthorization(basic('a:b:c'), spans)).toBe('Bearer b:c');
});

test('everything else stays as it was sent', () => {
  expect(readAuthorization(basic('a:hh_key'), {})).toBe(basic('a:hh_key'));
  expect(readAuthorization('Bearer hh_key', spans)).toBe('Bearer hh_key');
  expect(readAuthorization('Basic ü', spans)).toBe('Basic ü');
  expect(readAuthorization(undefined, spans)).toBeUndefined();
});
