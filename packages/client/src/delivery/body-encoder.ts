/** A compression of bodies, by its name in `content-encoding`. */
export type Encoding = 'gzip' | 'zstd';

/** Compresses a body, off the main thread where there is another one. */
export type Compress = (body: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;

/** What the platform can do. */
export type Compressors = Readonly<Partial<Record<Encoding, Compress>>>;

/** A body as it is sent. */
export interface EncodedBody {
  readonly payload: Uint8Array;
  /** null: as it was. */
  readonly encoding: Encoding | null;
}

/** Compresses bodies in the cheapest way that the service takes. */
export interface BodyEncoder {
  encode(body: Uint8Array<ArrayBuffer>): Promise<EncodedBody>;
  /** The service has answered: it may say what it takes. */
  noteAnswer(headers: Readonly<Record<string, string>>): void;
  /** The service does not take this encoding. @returns whether there is another one to try */
  noteRefused(encoding: Encoding | null): boolean;
}

/** Below this, the frame of the request outweighs what compression saves. */
const minBytes = 1024;

/**
 * Every service takes gzip. One that takes zstd, which costs a fraction of the CPU time, says so in `accept-encoding`
 * of its answers (RFC 7694).
 */
export function createBodyEncoder(compressors: Compressors): BodyEncoder {
  let preferred: Encoding = 'gzip';
  return {
    async encode(body) {
      const compress = compressors[preferred];
      if (compress === undefined || body.length < minBytes) {
        return { payload: body, encoding: null };
      }
      const encoding = preferred;
      return { payload: await compress(body), encoding };
    },
    noteAnswer(headers) {
      if (compressors.zstd === undefined || preferred === 'zstd') return;
      if (/\bzstd\b/.test(headers['accept-encoding'] ?? '')) preferred = 'zstd';
    },
    noteRefused(encoding) {
      if (encoding !== 'zstd') return false;
      preferred = 'gzip';
      return true;
    },
  };
}
