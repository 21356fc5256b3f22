import { limits } from 'honeyhive-wire';
import { Problem } from '../../domain/problem.ts';
import type { IncomingBody } from '../incoming.ts';
import type { BodyHold } from './body-budget.ts';
import type { BodyWatch, Patience } from './body-watch.ts';

/** How a body is read. */
export interface Receiving {
  readonly maxBytes: number;
  /** What the body takes is held here. */
  readonly hold: BodyHold;
  readonly bodyWatch: BodyWatch;
  readonly patience: Patience;
}

/** A body above the limit on bytes. */
export const tooLarge = (maxBytes: number): Problem =>
  new Problem(
    'too_large',
    maxBytes === limits.eventBytes
      ? `body: larger than the limit of ${maxBytes} bytes for one event.`
      : `body: larger than the limit of ${maxBytes} bytes. Send it in several requests.`,
    { issues: [{ field: 'body', message: `at most ${maxBytes} bytes` }] },
  );

/**
 * The body as it was sent. What is left of one that is refused is read and dropped: closing on a sender would cost it
 * the answer.
 */
export async function receiveBody(request: IncomingBody, receiving: Receiving): Promise<Buffer> {
  const { maxBytes, hold, bodyWatch, patience } = receiving;
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > maxBytes) throw tooLarge(maxBytes);
  hold.grow(announced);
  let stop = (): void => undefined;
  try {
    return await new Promise((resolve, reject) => {
      stop = bodyWatch.watch(request, patience, () => reject(timedOut()));
      const chunks: Buffer[] = [];
      let size = 0;
      request.on('data', (chunk: Buffer) => {
        size += chunk.length;
        try {
          if (size > maxBytes) throw tooLarge(maxBytes);
          if (size > announced) hold.grow(Math.min(chunk.length, size - announced));
          chunks.push(chunk);
        } catch (error) {
          chunks.length = 0;
          request.removeAllListeners('data').resume();
          reject(error);
        }
      });
      request.on('end', () => resolve(Buffer.concat(chunks)));
      request.on('error', reject);
      request.on('aborted', () => reject(brokenOff()));
    });
  } finally {
    stop();
  }
}

const brokenOff = (): Problem =>
  new Problem('invalid_request', 'body: the connection closed before the body was complete.');

const timedOut = (): Problem =>
  new Problem('request_timeout', 'body: timed out. Send the request again.', {
    issues: [{ field: 'body', message: 'did not come in time' }],
    // What may still come is not waited for.
    headers: { connection: 'close' },
  });
