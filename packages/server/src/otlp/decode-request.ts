import { BinaryReader } from '@bufbuild/protobuf/wire';
import { limits } from 'honeyhive-wire';
import { BadItem } from '../domain/bad-item.ts';
import { isJsonObject } from '../domain/json-text.ts';
import { Problem } from '../domain/problem.ts';
import { mapInTurns } from '../map-in-turns.ts';
import { toList } from './any-value.ts';
import { readRoot, UnreadMessage } from './message-table.ts';
import type { RawMessage, ReadBudget } from './message-table.ts';
import { exportRequest } from './trace-messages.ts';

/** What a message takes in memory; on the wire it may take 2 bytes. */
const messageBytes = 100;

/**
 * Decodes a protobuf `ExportTraceServiceRequest` into its JSON form. Its spans are read in turns of the event loop.
 *
 * @param grow is called with the memory that the messages take
 * @throws {Problem} `invalid_request` for invalid bytes, `too_large` for too many messages
 */
export async function decodeRequest(
  bytes: Buffer,
  grow: (bytes: number) => void,
): Promise<RawMessage> {
  const whole = { messagesLeft: limits.jsonValues };
  try {
    const request = spend(whole, grow, (budget) =>
      readRoot(new BinaryReader(bytes), exportRequest, budget),
    );
    const read = ({ bytes: part, table }: UnreadMessage): RawMessage =>
      spend(whole, grow, (budget) => readRoot(new BinaryReader(part), table, budget));
    for (const { group, at } of toList(request['resourceSpans']).flatMap(toScopes)) {
      group['spans'] = await mapInTurns(toList(group['spans']), (span, index) => {
        if (!(span instanceof UnreadMessage)) return span;
        if (span.bytes.length <= limits.eventBytes) return read(span);
        const message = `more than ${limits.eventBytes} bytes in one item`;
        return new BadItem({ field: `${at}.spans[${index}]`, message });
      });
    }
    return request;
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    const reason = cause instanceof Error ? cause.message.slice(0, 200) : 'broken';
    const message = `is not an ExportTraceServiceRequest in protobuf: ${reason}`;
    throw new Problem('invalid_request', `body: ${message}`, {
      issues: [{ field: 'body', message }],
      cause,
    });
  }
}

/** Reads a part of the request within its own limit and that of the whole. */
function spend(
  whole: ReadBudget,
  grow: (bytes: number) => void,
  read: (budget: ReadBudget) => RawMessage,
): RawMessage {
  const messages = Math.min(whole.messagesLeft, limits.eventValues);
  const budget = { messagesLeft: messages };
  const message = read(budget);
  const spent = messages - budget.messagesLeft;
  whole.messagesLeft -= spent;
  grow(spent * messageBytes);
  return message;
}

/** The groups of spans in a part of the request, each with its path. */
function toScopes(part: unknown, index: number): { group: RawMessage; at: string }[] {
  const groups = isJsonObject(part) ? toList(part['scopeSpans']) : [];
  return groups.flatMap((group, inner) =>
    isMessage(group) ? [{ group, at: `resourceSpans[${index}].scopeSpans[${inner}]` }] : [],
  );
}

const isMessage = (value: unknown): value is RawMessage => isJsonObject(value);
