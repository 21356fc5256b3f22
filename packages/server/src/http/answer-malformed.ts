import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { Problem } from '../domain/problem.ts';
import { toErrorBody } from '../calls/problem-response.ts';

/** What to say to what cannot be read as HTTP, by the code that Node.js has for it. */
export function toMalformedProblem(code: string): Problem {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new Problem('request_timeout', 'The request timed out.');
  if (code === 'HPE_HEADER_OVERFLOW')
    return new Problem('headers_too_large', 'The headers are larger than 16 KiB together.', {
      issues: [{ field: 'headers', message: 'at most 16384 bytes together' }],
    });
  const message = 'not HTTP/1.1 as RFC 9112 has it';
  return new Problem('invalid_request', `The request is ${message}.`, {
    issues: [{ field: 'request', message }],
  });
}

/** Answers on the socket itself: what could not be read has no request, and no hook sees it. */
export function answerMalformed(error: Error & { readonly code?: string }, socket: Socket): void {
  const { code = '' } = error;
  // Nobody is there to read it, or an answer is in flight and more bytes would end up in it.
  if (code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
    socket.destroy();
    return;
  }
  socket.end(toMalformedAnswer(toMalformedProblem(code), randomUUID()));
}

function toMalformedAnswer(problem: Problem, requestId: string): string {
  const body = JSON.stringify(toErrorBody(problem));
  const { status, retryAfter } = problem;
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    `x-request-id: ${requestId}`,
    ...(retryAfter === null ? [] : [`retry-after: ${retryAfter}`]),
    'connection: close',
    '',
    body,
  ].join('\r\n');
}
