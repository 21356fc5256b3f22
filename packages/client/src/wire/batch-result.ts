import type { BatchResult } from '../generated/types.ts';
import { isObject } from '../json/json-object.ts';
import type { JsonObject } from '../json/json-object.ts';
import { parseJson } from '../json/parse-json.ts';
import { decodeItems, decodeObject } from './decode.ts';
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

/** What became of a batch; what the vendor's service leaves out is computed from what was sent. */
export function toBatchResult(answer: Answer, sent: readonly unknown[]): BatchResult {
  const body = decodeObject<JsonObject>(answer, { event_ids: 'array' });
  if (typeof body['created_count'] === 'number') {
    const shape = { created_count: 'number', failed_count: 'number' } as const;
    decodeItems(answer, { value: body['events'], path: 'events' }, { event_id: 'string' });
    decodeItems(answer, { value: body['errors'], path: 'errors' }, { index: 'number' });
    return decodeObject<BatchResult>(answer, shape);
  }
  return complete(decodeObject<Pick<BatchResult, 'event_ids'>>(answer, {}), body['errors'], sent);
}

function complete(
  body: Pick<BatchResult, 'event_ids'>,
  reported: unknown,
  sent: readonly unknown[],
): BatchResult {
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
