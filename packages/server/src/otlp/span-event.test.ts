import { describe, expect, it, test } from 'vitest';
import { toEvent } from './span-event.ts';
import { buildSpan } from './testing/build-span.ts';
import type { SpanParts } from './testing/build-span.ts';

const map = (attributes: Readonly<Record<string, unknown>>, more: SpanParts = {}) =>
  toEvent(buildSpan({ attributes, ...more }), 'session');

describe('what went wrong', () => {
  const exception = {
    name: 'exception',
    time: null,
    attributes: { 'exception.type': 'TypeError', 'exception.message': 'no id' },
  };

  const withStack = {
    isFailed: true,
    statusMessage: 'KeyError(7)Traceback (most recent call last):\n  File "a.py"\n\nKeyError: 7\n',
  };
  const http503 = { attributes: { 'http.response.status_code': '503' } };

  it.each<[string, SpanParts, string | undefined]>([
    ['the status', { isFailed: true, statusMessage: 'no stock' }, 'no stock'],
    ['the exception', { isFailed: true, events: [exception] }, 'TypeError: no id'],
    ['the type of the error', { isFailed: true, attributes: { 'error.type': '500' } }, '500'],
    ['nothing but that it failed', { isFailed: true }, 'error'],
    [
      'the exception, not the status with its stack',
      { ...withStack, events: [exception] },
      'TypeError: no id',
    ],
    ['the status, without the stack of Python', withStack, 'KeyError: 7'],
    [
      'the status, without the stack of JavaScript',
      { isFailed: true, statusMessage: 'Error: no\n    at run (a.js:1:2)' },
      'Error: no',
    ],
    [
      'the exception, without the stack in its message',
      {
        isFailed: true,
        events: [
          {
            ...exception,
            attributes: { 'exception.message': 'no id\nSee docs\n\nError: no id\n    at a.js' },
          },
        ],
      },
      'no id\nSee docs',
    ],
    ['the status of HTTP, when it failed', { isFailed: true, ...http503 }, 'HTTP 503'],
    [
      'the status of HTTP, not its number',
      { isFailed: true, attributes: { ...http503.attributes, 'error.type': '503' } },
      'HTTP 503',
    ],
    [
      'the type of the error before the status of HTTP',
      { isFailed: true, attributes: { ...http503.attributes, 'error.type': 'timeout' } },
      'timeout',
    ],
    ['an empty error', { attributes: { honeyhive_error: '' } }, undefined],
    ['an error that is false', { attributes: { honeyhive_error: false } }, undefined],
    ['an error that is false as text', { attributes: { honeyhive_error: 'False' } }, undefined],
    ['the status of HTTP', { attributes: { 'http.status_code': 404 } }, 'HTTP 404'],
    ['an exception that was handled', { events: [exception] }, undefined],
    ['a status of HTTP that is fine', { attributes: { 'http.status_code': 200 } }, undefined],
  ])('is what %s says', (_what, parts, error) => {
    expect(toEvent(buildSpan(parts), 'session')['error']).toBe(error);
  });
});

it.each([
  [
    'of its exception',
    { events: [{ name: 'exception', time: null, attributes: { 'exception.type': 'TypeError' } }] },
  ],
  ['of its attribute, which stays', { attributes: { 'error.type': 'TypeError' } }],
])('the type of an error is that %s', (_what, parts) => {
  const event = toEvent(buildSpan({ isFailed: true, ...parts }), 'session');

  expect(event['metadata']).toMatchObject({ error_type: 'TypeError' });
  expect(event['metadata']).toMatchObject('attributes' in parts ? parts.attributes : {});
});

test('a status that is not the error stays in the metadata', () => {
  const event = toEvent(
    buildSpan({ isFailed: true, statusMessage: 'KeyError: 7\n    at run (a.js:1:2)' }),
    'session',
  );

  expect(event['metadata']).toMatchObject({
    status_message: 'KeyError: 7\n    at run (a.js:1:2)',
  });
});

describe('what nobody knows', () => {
  it('is in the metadata, under the name that was sent', () => {
    const event = map(
      { 'acme.deep.name': 'GET', acme: 'yes', 'a..b': 1, trace_id: 'mine', 'kind.of': 'mine' },
      {
        kind: 'server',
        resource: { 'service.name': 'shop' },
        links: [{ trace_id: 't', span_id: 's', attributes: {} }],
        extra: { dropped_attributes_count: 3 },
      },
    );

    expect(event['metadata']).toMatchObject({
      acme: 'yes',
      'acme.deep.name': 'GET',
      'a..b': 1,
      'kind.of': 'mine',
      attributes: { trace_id: 'mine' },
      kind: 'server',
      resource: { 'service.name': 'shop' },
      links: [{ trace_id: 't', span_id: 's', attributes: {} }],
      dropped_attributes_count: 3,
    });
  });

  it('makes no objects of their prototype', () => {
    const event = map({ '__proto__.polluted': 1, 'honeyhive_inputs.__proto__.polluted': 1 });

    expect(JSON.stringify(event['inputs'])).toBe('{"__proto__":{"polluted":1}}');
    expect(JSON.stringify(event['metadata'])).toContain('"__proto__.polluted":1');
    expect({}).not.toHaveProperty('polluted');
  });
});

it('ids are the same each time, and follow from those of trace and span', () => {
  const parent = map({});
  const child = map({}, { spanId: 'bbbbbbbbbbbbbbbb', parentSpanId: 'aaaaaaaaaaaaaaaa' });

  expect(parent['event_id']).toMatch(
    /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
  );
  expect(map({})['event_id']).toBe(parent['event_id']);
  expect(child['parent_id']).toBe(parent['event_id']);
  expect(parent['parent_id']).toBe('session');
});

it.each([
  ['an integer beyond 53 bits', '{"id":12345678901234567890}'],
  ['an exponent beyond a double', '[1e999]'],
])('JSON text stays text where it has %s', (_what, text) => {
  expect(map({ 'output.value': text })['outputs']).toEqual({ value: text });
});

it('JSON text is opened where long digits stand in texts alone', () => {
  const event = map({
    'output.value':
      '{"id":"12345678901234567890","a\\"b":0.1234567890123456,"at":1795383178828000}',
  });

  expect(event['outputs']).toEqual({
    id: '12345678901234567890',
    'a"b': 0.1234567890123456,
    at: 1_795_383_178_828_000,
  });
});

it('a payload may have any key', () => {
  const event = map({ 'output.value': '{"__proto__":{"a":1}}', 'gen_ai.request.__proto__': 'x' });

  expect(JSON.stringify(event['outputs'])).toBe('{"__proto__":{"a":1}}');
  expect(JSON.stringify(event['config'])).toBe('{"__proto__":"x"}');
});
