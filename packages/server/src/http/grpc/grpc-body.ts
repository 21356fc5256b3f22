import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { invalid, Problem } from '../../domain/problem.ts';
import type { IncomingBody } from '../incoming.ts';

/** A flag and a length before the message. Source: gRPC over HTTP2, "Length-Prefixed-Message". */
const prefixBytes = 5;

/**
 * The message of a call with one message, as the body of a request over HTTP: the flag for compression becomes a
 * header. Nothing is read from the stream before somebody reads the body.
 */
export class GrpcBody extends Readable implements IncomingBody {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { bytesRead: number; destroyed: boolean };
  complete = false;
  readonly #stream: Readable;
  readonly #maxBytes: number;
  #prefix: Buffer = Buffer.alloc(0);
  /** Bytes of the message still to come; null before its length is known. */
  #left: number | null = null;
  #isReading = false;

  constructor(stream: Readable, headers: IncomingHttpHeaders, maxBytes: number) {
    super();
    this.#stream = stream;
    this.#maxBytes = maxBytes;
    this.headers = { ...headers, 'content-type': 'application/x-protobuf' };
    this.socket = { bytesRead: 0, destroyed: false };
  }

  override _read(): void {
    if (!this.#isReading) this.#start();
    this.#stream.resume();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.socket.destroyed = true;
    done(error);
  }

  #start(): void {
    this.#isReading = true;
    this.#stream.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#stream.on('end', () => this.#end());
    this.#stream.on('error', (error) => this.destroy(error));
    this.#stream.on('close', () => {
      if (!this.complete)
        this.destroy(bad('the connection closed before the message was complete'));
    });
  }

  #take(chunk: Buffer): void {
    if (this.destroyed) return;
    this.socket.bytesRead += chunk.length;
    const part = this.#left === null ? this.#readPrefix(chunk) : chunk;
    if (this.#left === null) return;
    this.#left -= part.length;
    if (this.#left < 0) this.destroy(bad('more than one message'));
    else if (part.length > 0 && !this.push(part)) this.#stream.pause();
  }

  /** @returns what is behind the prefix */
  #readPrefix(chunk: Buffer): Buffer {
    const bytes = Buffer.concat([this.#prefix, chunk]);
    this.#prefix = bytes;
    if (bytes.length < prefixBytes) return bytes;
    const length = bytes.readUInt32BE(1);
    if (length > this.#maxBytes) {
      this.destroy(new Problem('too_large', `body: larger than ${this.#maxBytes} bytes.`));
      return bytes;
    }
    if (bytes[0] === 1) this.headers['content-encoding'] = String(this.headers['grpc-encoding']);
    this.#left = length;
    return bytes.subarray(prefixBytes);
  }

  #end(): void {
    if (this.destroyed) return;
    if (this.#left !== 0) this.destroy(bad('the message is incomplete'));
    this.complete = true;
    this.push(null);
  }
}

const bad = (message: string): Problem => invalid([{ field: 'body', message }]);
