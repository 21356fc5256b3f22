import { describe, expect, test } from 'vitest';
import { HoneyHiveProtocolError } from '../errors/errors.ts';
import { decodeField, decodeItems, decodeObject } from './decode.ts';
import type { Answer, Shape } from './decode.ts';

const answer = (json: unknown): Answer => ({
  operation: 'getEvent',
  status: 200,
  requestId: 'req-1',
  json,
});
const shape: Shape = { event_id: 'string', events: 'array' };

describe('decodeObject', () => {
  test('gives the object with all that the service sent', () => {
    const json = { event_id: 'a', events: [], more: 1 };

    expect(decodeObject(answer(json), shape)).toBe(json);
  });

  test.each([
    [undefined, '', 'the response is not JSON'],
    [null, '', 'the response is not an object'],
    [[], '', 'the response is not an object'],
    [{}, 'event_id', 'event_id of the response is not a string'],
    [{ event_id: 5 }, 'event_id', 'event_id of the response is not a string'],
    [{ event_id: 'a', events: {} }, 'events', 'events of the response is not an array'],
  ])('names what is wrong with %j', (json, path, message) => {
    const decode = () => decodeObject(answer(json), shape);

    expect(decode).toThrow(HoneyHiveProtocolError);
    expect(decode).toThrow(
      expect.objectContaining({ path, requestId: 'req-1', code: 'protocol_violation' }),
    );
    expect(decode).toThrow(`getEvent: ${message} (status 200)`);
  });
});

test('decodeField names the path inside the field', () => {
  const decode = () =>
    decodeField(answer({ event: { event_id: null } }), 'event', { event_id: 'string' });

  expect(decode).toThrow(expect.objectContaining({ path: 'event.event_id', expected: 'a string' }));
});

test('decodeItems names the item', () => {
  const value = [{ event_id: 'a' }, 7];
  const decode = () => decodeItems(answer({}), { value, path: 'events' }, { event_id: 'string' });

  expect(decode).toThrow(expect.objectContaining({ path: 'events[1]', expected: 'an object' }));
});
