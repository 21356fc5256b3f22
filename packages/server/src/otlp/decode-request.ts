import { BinaryReader } from '@bufbuild/protobuf/wire';
import { Problem } from '../domain/problem.ts';
import { readRoot } from './message-table.ts';
import type { RawMessage } from './message-table.ts';
import { exportRequest } from './trace-messages.ts';

/** A message takes 100 bytes of memory and may take 2 on the wire: 10,000 spans with 100 attributes each come to this. */
const maxMessages = 2_000_000;

/**
 * An `ExportTraceServiceRequest` out of protobuf, in the form that it has as JSON.
 *
 * @throws {Problem} `invalid_request` when the bytes are none, `too_large` when they hold too much
 */
export function decodeRequest(bytes: Buffer): RawMessage {
  try {
    return readRoot(new BinaryReader(bytes), exportRequest, { messagesLeft: maxMessages });
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
