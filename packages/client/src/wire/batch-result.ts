import type { BatchResult } from '../generated/types.ts';
import { isObject } from '../json/json-object.ts';
import type { JsonObject } from '../json/json-object.ts';
import { parseJson } from '../json/parse-json.ts';
import { decodeItems, decodeObject, violation } from './decode.ts';
import type { Answer } from './decode.ts';
import type { WireResponse } from './pipeline.ts';

/**
 * Whether a response says what became of a batch, whatever its status.
 *
 * The vendor's service answers 500 when it stored a part: to send all of it again would store that part twice.
 */
export function isBatchAnswer(response: WireResponse): boolean {
  if (response.status < 500) return false;
  const body = parseJson(response.body);
  return isObject(body) && Array.isArray(body['event_ids']);
}

/** Nothing sent, nothing stored. */
export const emptyBatchResult = (): BatchResult => ({
  event_ids: [],
  success: true,
  created_count: 0,
  failed_count: 0,
  events: [],
  errors: [],
});

/** What became of a batch; what a service leaves out, such as the vendor's, is computed from what was sent. */
export function toBatchResult(answer: Answer, sent: readonly unknown[]): BatchResult {
  const body = decodeObject<JsonObject>(answer, {});
  const { created_count: count, failed_count: failed, events, errors } = body;
  const isCounted = typeof count === 'number' && typeof failed === 'number';
  if (isCounted && [body['event_ids'], events, errors].every(Array.isArray)) {
    decodeItems(answer, { value: events, path: 'events' }, { event_id: 'string' });
    decodeItems(answer, { value: errors, path: 'errors' }, { index: 'number' });
    return decodeObject<BatchResult>(answer, {});
  }
  if (body['event_ids'] === undefined && count === sent.length && isEmpty(errors)) {
    const all = sent.map((event) => String(isObject(event) ? event['event_id'] : ''));
    return complete({ ...body, event_ids: all }, errors, sent);
  }
  const stored = decodeObject<StoredIds>(answer, { event_ids: 'array' });
  if (typeof count === 'number' && count !== stored.event_ids.length)
    throw violation(answer, 'event_ids', `a list of ${count} ids, as created_count says`);
  return complete(stored, errors, sent);
}

type StoredIds = Pick<BatchResult, 'event_ids'>;

const isEmpty = (errors: unknown): boolean =>
  errors === undefined || errors === null || (Array.isArray(errors) && errors.length === 0);

function complete(body: StoredIds, reported: unknown, sent: readonly unknown[]): BatchResult {
  const stored = new Set(body.event_ids);
  const items = sent.map((event, index) => ({ index, event: isObject(event) ? event : {} }));
  const isStored = ({ event }: { event: JsonObject }) => stored.has(String(event['event_id']));
  const missing = items.filter((item) => !isStored(item));
  const messages = Array.isArray(reported) ? reported.map(toMessage) : [];
  return {
    ...body,
    success: true,
    created_count: items.length - missing.length,
    failed_count: missing.length,
    events: items.filter(isStored).map(({ event }) => ({
      event_id: String(event['event_id']),
      session_id: toText(event['session_id']),
      event_type: toText(event['event_type']),
      event_name: toText(event['event_name']),
    })),
    errors: missing.map(({ index }, place) => ({
      index,
      code: 'not_stored',
      // The messages name no event: they are distinguished only when there is one for each.
      message:
        (messages.length === missing.length ? messages[place] : messages.join('; ')) ||
        'the service did not store this event',
    })),
  };
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : '');

function toMessage(error: unknown): string {
  if (typeof error === 'string') return error;
  if (isObject(error) && typeof error['message'] === 'string') return error['message'];
  return JSON.stringify(error) ?? '';
}
