import { expect, test } from 'vitest';
import { createRedact } from './redact.ts';

const key = 'hh_abcdefghijkl_0123456789abcdefghijklmnopqrstuv';

test.each([
  [`bad key ${key}.`, 'bad key hh_[redacted].'],
  ['{"authorization":"Bearer abc.def"}', '{"authorization":"Bearer [redacted]"}'],
  ['bearer xyzzy42==', 'bearer [redacted]'],
  ['send `Bearer <key>`, basic auth is not known', 'send `Bearer <key>`, basic auth is not known'],
  ['my-own-token is wrong', '[redacted] is wrong'],
  ['event hh_short stays', 'event hh_short stays'],
])('redacts %j', (text, redacted) => {
  expect(createRedact(['my-own-token', ''])(text)).toBe(redacted);
});
