import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Reply } from '../calls/reply.ts';
import { toReplyInTurns } from './reply-text.ts';

/** Bytes below which an answer goes out as it is: it fits into a few packets. */
const minBytes = 4_096;
/** Bytes from which speed counts more than size. */
const largeBytes = 512 * 1024;

/** What an encoding costs and saves was measured: docs/adr/0022-responses-in-the-contract.md. */
const levels = {
  small: { brotli: 4, gzip: 6 },
  large: { brotli: 1, gzip: 1 },
} as const;

type BrotliSettings = { params: Record<number, number> };
// Both run on zlib's threads.
const brotli = promisify<Buffer, BrotliSettings, Buffer>(brotliCompress);
const pack = promisify<Buffer, { level: number }, Buffer>(gzip);

/** An answer as it goes out. */
export interface FinishedReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What a handler returned, as status, headers and body. */
export const toFinished = (answer: unknown, usualStatus: number): FinishedReply =>
  isReply(answer)
    ? { status: answer.status ?? usualStatus, headers: answer.headers, body: answer.body }
    : { status: usualStatus, headers: {}, body: answer };

const isReply = (answer: unknown): answer is Reply<unknown, number> => answer instanceof Reply;

const json = 'application/json; charset=utf-8';

/** JSON as text, compressed when it is large and the caller takes that; streams and bytes stay as they are. */
export async function encodeReply(
  reply: FinishedReply,
  acceptEncoding: string | undefined,
): Promise<FinishedReply> {
  const { body, headers } = reply;
  if (body === null || Buffer.isBuffer(body) || body instanceof Readable) return reply;
  const text = await toReplyInTurns(body);
  const sent = { ...reply, headers: { 'content-type': json, ...headers }, body: text };
  // What must not be stored holds secrets, and the length of a compressed text reports what is in it.
  if (headers['cache-control'] === 'no-store' || Buffer.byteLength(text) < minBytes) return sent;
  const vary = { ...sent.headers, vary: 'accept-encoding' };
  const encoding = chooseEncoding(acceptEncoding ?? '');
  if (encoding === null) return { ...sent, headers: vary };
  const packed = await compress(typeof text === 'string' ? Buffer.from(text) : text, encoding);
  return { ...sent, headers: { ...vary, 'content-encoding': encoding }, body: packed };
}

function compress(bytes: Buffer, encoding: 'br' | 'gzip'): Promise<Buffer> {
  const level = bytes.length < largeBytes ? levels.small : levels.large;
  return encoding === 'br'
    ? brotli(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: level.brotli,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
      })
    : pack(bytes, { level: level.gzip });
}

/** The encoding of ours that a header takes, without regard to its order; one with `q=0` it does not take. */
export function chooseEncoding(header: string): 'br' | 'gzip' | null {
  const taken = header
    .toLowerCase()
    .split(',')
    .filter((entry) => !/;\s*q=0(\.0*)?\s*$/.test(entry))
    .map((entry) => entry.split(';', 1)[0]?.trim());
  if (taken.includes('br')) return 'br';
  return taken.includes('gzip') ? 'gzip' : null;
}
