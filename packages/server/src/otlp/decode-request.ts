import { BinaryReader } from '@bufbuild/protobuf/wire';
import { limits } from 'honeyhive-wire';
import { BadItem } from '../domain/bad-item.ts';
import { isJsonObject } from '../domain/json-text.ts';
import { Problem } from '../domain/problem.ts';
import { mapInTurns } from '../map-in-turns.ts';
import { toList } from './any-value.ts';
import { readRoot, UnreadMessage } from './message-table.ts';
import type { RawMessage, ReadBudget } from './message-table.ts';
import { toBuffer } from './shared-messages.ts';
import type { Signal } from './signal.ts';

/** What a message takes in memory; on the wire it may take 2 bytes. */
const messageBytes = 100;

/**
 * Decodes the protobuf request of an exporter into its JSON form. Its items are read in turns of the event loop.
 *
 * @param grow is called with the memory that the messages take
 * @throws {Problem} `invalid_request` for invalid bytes, `too_large` for too many messages
 */
export async function decodeRequest(
  bytes: Buffer,
  signal: Signal,
  grow: (bytes: number) => void,
): Promise<RawMessage> {
  const whole = { messagesLeft: limits.jsonValues };
  try {
    const request = spend(whole, grow, (budget) =>
      readRoot(new BinaryReader(bytes, decodeUtf8), signal.request, budget),
    );
    const read = ({ bytes: part, table }: UnreadMessage): RawMessage =>
      spend(whole, grow, (budget) => readRoot(new BinaryReader(part, decodeUtf8), table, budget));
    const { items } = signal;
    for (const { group, at } of findScopes(request, signal)) {
      group[items] = await mapInTurns(toList(group[items]), (item, index) => {
        if (!(item instanceof UnreadMessage)) return item;
        if (item.bytes.length <= limits.eventBytes) return read(item);
        const message = `more than ${limits.eventBytes} bytes in one item`;
        return new BadItem({ field: `${at}.${items}[${index}]`, message });
      });
    }
    return request;
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    const reason = cause instanceof Error ? cause.message.slice(0, 200) : 'broken';
    const message = `is not an ${signal.requestName} in protobuf: ${reason}`;
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

/** The groups of items in a request, each with its path. */
function findScopes(request: RawMessage, { resources, scopes }: Signal) {
  return toList(request[resources]).flatMap((part, index) =>
    (isJsonObject(part) ? toList(part[scopes]) : []).flatMap((group, inner) =>
      isMessage(group) ? [{ group, at: `${resources}[${index}].${scopes}[${inner}]` }] : [],
    ),
  );
}

const isMessage = (value: unknown): value is RawMessage => isJsonObject(value);

const decodeUtf8 = (bytes: Uint8Array): string => toBuffer(bytes).toString('utf8');
