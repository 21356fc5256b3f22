import { describe, expect, test } from 'vitest';
import { followPaths, parseJsonPath } from './json-path.ts';

const key = (name: string) => ({ kind: 'key', key: name });

describe('parseJsonPath', () => {
  test.each([
    ['inputs', [key('inputs')]],
    ['$.inputs.password', [key('inputs'), key('password')]],
    [
      'inputs.messages[*].content',
      [key('inputs'), key('messages'), { kind: 'any' }, key('content')],
    ],
    ['inputs.*', [key('inputs'), { kind: 'any' }]],
    ['outputs.choices[0]', [key('outputs'), key('choices'), { kind: 'index', index: 0 }]],
    ["$.metadata['user.email']", [key('metadata'), key('user.email')]],
    ['$["metadata"]["a]b"]', [key('metadata'), key('a]b')]],
    ['$..password', [{ kind: 'deep' }, key('password')]],
    ['inputs..token', [key('inputs'), { kind: 'deep' }, key('token')]],
    ['metadata.größe', [key('metadata'), key('größe')]],
  ])('reads %s', (text, steps) => {
    expect(parseJsonPath(text)).toEqual(steps);
  });

  test.each(['', '$', 'a b', 'a.', 'a[', 'a[1', 'a[-1]', "a['b]", 'a[?(@.b)]', 'a...b'])(
    'has nothing to say to %j',
    (text) => {
      expect(parseJsonPath(text)).toBeNull();
    },
  );
});

describe('followPaths', () => {
  test('a place in a list is no key of an object', () => {
    const path = parseJsonPath('[0]') ?? [];

    expect(followPaths([path], 0).isEnd).toBe(true);
    expect(followPaths([path], '0').isEnd).toBe(false);
  });
});
