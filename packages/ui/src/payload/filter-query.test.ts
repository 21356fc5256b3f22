import { expect, test } from 'vitest';
import { parseQuery } from '../query/parse-query.ts';
import { printPick, toCondition } from './filter-query.ts';

test.each([
  [['event_type'], '"model"', 'event_type:model'],
  [['metadata', 'my key'], '"a b"', 'metadata."my key":"a b"'],
  [['metadata', 'a.b'], '3', 'metadata."a.b":3'],
  [['metadata', 'digits'], '"3"', 'metadata.digits:"3"'],
  [['metadata', 'flag'], 'true', 'metadata.flag:true'],
  [['error'], null, 'has:error'],
])('a value that was picked is a query: %j %s', (path, value, text) => {
  const pick = { path, value, isNegated: false };

  expect(printPick(pick)).toBe(text);
  expect(printPick({ ...pick, isNegated: true })).toBe(`-${text}`);
  expect(parseQuery(text).map(({ condition }) => condition)).toEqual([toCondition(pick)]);
});
