import { Problem } from '../../domain/problem.ts';
import type { BodyHold } from './body-budget.ts';
import { decompress } from './decompress.ts';
import type { IncomingBody } from '../incoming.ts';
import type { JsonBounds } from '../json/json-reader.ts';
import { parseJson } from '../json/parse-json.ts';
import { receiveBody } from './receive-body.ts';
import type { Receiving } from './receive-body.ts';

/** A request body, parsed. */
export interface ParsedBody {
  readonly value: unknown;
  /** Size after decompression. */
  readonly bytes: number;
}

/** Makes a value of the bytes of a body. */
export type Parse = (bytes: Buffer, hold: BodyHold) => Promise<unknown>;

/** How a body is read, and how parsed: by its type, in lower case and without parameters. */
export interface BodyReading extends Receiving {
  /** @throws {Problem} for a type that is not taken */
  readonly chooseParse: (type: string) => Parse;
}

/**
 * Reads, decompresses and parses the body of a request. What it takes in memory is held before it is taken.
 *
 * @throws {Problem} that names what is wrong: type, encoding, size, UTF-8, JSON or a limit
 */
export async function readBody(
  request: IncomingBody,
  { chooseParse, ...receiving }: BodyReading,
): Promise<ParsedBody> {
  const parse = chooseParse(mediaType(request.headers['content-type']));
  const received = await receiveBody(request, receiving);
  const bytes = await decompress(received, request.headers['content-encoding'], receiving);
  return { value: await parse(bytes, receiving.hold), bytes: bytes.length };
}

/** The type in a `content-type`, in lower case and without parameters. */
export const mediaType = (contentType: string | undefined): string =>
  contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';

export const isJsonType = (type: string): boolean =>
  type === '' || type === 'text/plain' || type === 'application/json' || type.endsWith('+json');

/** A type of body that is not taken. */
export const unsupportedType = (type: string, expected: string): Problem =>
  new Problem(
    'unsupported_media_type',
    `content-type: expected ${expected}, got ${type.slice(0, 100)}.`,
    { issues: [{ field: 'content-type', message: `expected ${expected}` }] },
  );

/** How bodies of JSON are parsed. */
export const chooseJson =
  (bounds: JsonBounds) =>
  (type: string): Parse => {
    if (!isJsonType(type)) throw unsupportedType(type, 'application/json');
    return (bytes, hold) => parseJson(bytes, bounds, hold.grow);
  };
