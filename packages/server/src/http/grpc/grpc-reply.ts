import { constants } from 'node:http2';
import type { ServerHttp2Stream } from 'node:http2';
import type { Problem } from '../../domain/problem.ts';
import { toWellFormed } from '../../domain/well-formed.ts';

const contentType = 'application/grpc+proto';

/** Codes of gRPC. Source: grpc, `statuscodes.md`. */
export const grpcCodes = {
  invalidArgument: 3,
  deadlineExceeded: 4,
  unimplemented: 12,
  unavailable: 14,
} as const;

/**
 * Codes by the status of HTTP. Exporters retry 14 and not 8, unless that has details with a time, so that a rate limit
 * is 14. Source: OTLP specification 1.5, "OTLP/gRPC Response".
 */
const codes: Readonly<Record<number, number>> = {
  401: 16,
  403: 7,
  404: 5,
  408: grpcCodes.deadlineExceeded,
  429: grpcCodes.unavailable,
  500: 13,
  503: grpcCodes.unavailable,
};

export const codeOf = ({ status }: Pick<Problem, 'status'>): number =>
  codes[status] ?? grpcCodes.invalidArgument;

/** The one message of an answer. */
export function sendMessage(stream: ServerHttp2Stream, message: Buffer): void {
  if (stream.destroyed || stream.closed) return;
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.length, 1);
  stream.respond({ ':status': 200, 'content-type': contentType }, { waitForTrailers: true });
  stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(Buffer.concat([prefix, message]));
}

/** An answer without a message. What is left of the request is not waited for. */
export function sendStatus(stream: ServerHttp2Stream, code: number, message: string): void {
  if (stream.destroyed || stream.closed) return;
  stream.respond(
    {
      ':status': 200,
      'content-type': contentType,
      'grpc-status': String(code),
      'grpc-message': encodeURIComponent(toWellFormed(message.slice(0, 2_000))),
    },
    { endStream: true },
  );
  stream.close(constants.NGHTTP2_NO_ERROR);
}
