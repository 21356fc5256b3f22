import { BinaryReader } from '@bufbuild/protobuf/wire';
import { limits } from 'honeyhive-wire';
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
 * An `ExportTraceServiceRequest` out of protobuf, in the form that it has as JSON. Its spans are read in turns of the
 * event loop.
 *
 * @param grow is told how much memory the messages take
 * @throws {Problem} `invalid_request` when the bytes are none, `too_large` when they hold too much
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
    for (const group of toList(request['resourceSpans']).flatMap(toScopes)) {
      group['spans'] = await mapInTurns(toList(group['spans']), (span) =>
        span instanceof UnreadMessage
          ? spend(whole, grow, (budget) =>
              readRoot(new BinaryReader(span.bytes), span.table, budget),
            )
          : span,
      );
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

function toScopes(group: unknown): Record<string, unknown>[] {
  const scopes = isJsonObject(group) ? toList(group['scopeSpans']) : [];
  return scopes.filter(isMessage);
}

const isMessage = (value: unknown): value is RawMessage => isJsonObject(value);
