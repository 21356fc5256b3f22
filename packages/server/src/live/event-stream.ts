import { PassThrough } from 'node:stream';
import type { LiveEvents } from 'honeyhive-wire';

/** Bytes that may wait for a slow reader. */
const maxBufferedBytes = 512 * 1024;

/** Server-sent events of one connection. Source: WHATWG HTML section 9.2. */
export class EventStream {
  readonly body = new PassThrough();

  /** The reader takes the events more slowly than they come. */
  get isBusy(): boolean {
    return this.body.readableLength + this.body.writableLength > maxBufferedBytes;
  }

  send<Name extends keyof LiveEvents>(name: Name, data: LiveEvents[Name]): void {
    this.sendFrame(toFrame(name, data));
  }

  /** @param frame of {@link toFrame}; several streams may send the same one */
  sendFrame(frame: Buffer): void {
    this.#write(frame);
  }

  /** Keeps proxies from taking a silent connection for a dead one. */
  beat(): void {
    this.#write(': still here\n\n');
  }

  end(): void {
    this.body.end();
  }

  #write(data: string | Buffer): void {
    if (!this.body.writableEnded && !this.body.destroyed) this.body.write(data);
  }
}

/**
 * One event as it is sent.
 *
 * @param id what the reader sends as `last-event-id` when it comes again
 */
export function toFrame<Name extends keyof LiveEvents>(
  name: Name,
  data: LiveEvents[Name],
  id?: string,
): Buffer {
  const token = id === undefined ? '' : `id: ${id}\n`;
  return Buffer.from(`event: ${name}\n${token}data: ${JSON.stringify(data)}\n\n`);
}
