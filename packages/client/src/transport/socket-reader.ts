import type { Socket } from 'node:net';
import { ProxyError } from './proxy-error.ts';

/** Reads the first bytes of a connection and leaves the rest on the socket. */
export interface SocketReader {
  /** Settles with exactly so many bytes. */
  readBytes(count: number): Promise<Buffer>;
  /** Settles with all up to the end mark, which is taken off, too. */
  readUntil(mark: string, maxBytes: number): Promise<string>;
  /** Stops reading, and puts back what nobody asked for. */
  release(): void;
}

export function createSocketReader(socket: Socket): SocketReader {
  let seen: Buffer = Buffer.alloc(0);
  let failure: Error | null = null;
  let onChange: () => void = () => undefined;

  const onData = (bytes: Buffer) => {
    seen = Buffer.concat([seen, bytes]);
    onChange();
  };
  const onError = (error: Error) => {
    failure ??= error;
    onChange();
  };
  const onClose = () =>
    onError(new ProxyError('HH_PROXY_REFUSED', 'the proxy closed the connection'));
  socket.on('data', onData).on('error', onError).on('end', onClose).on('close', onClose);

  /** Takes what `find` says is there, as soon as it says so. */
  const take = async (find: () => { readonly end: number; readonly next: number } | null) => {
    for (;;) {
      const found = find();
      if (found !== null) {
        const bytes = seen.subarray(0, found.end);
        seen = seen.subarray(found.next);
        return bytes;
      }
      if (failure !== null) throw failure;
      await new Promise<void>((resolve) => {
        onChange = resolve;
      });
    }
  };

  return {
    readBytes: (count) => take(() => (seen.length < count ? null : { end: count, next: count })),
    async readUntil(mark, maxBytes) {
      const bytes = await take(() => {
        const end = seen.indexOf(mark);
        if (end >= 0) return { end, next: end + mark.length };
        if (seen.length <= maxBytes) return null;
        throw new ProxyError('HH_PROXY_REFUSED', 'the answer of the proxy has no end');
      });
      return bytes.toString('latin1');
    },
    release() {
      socket.off('data', onData).off('error', onError).off('end', onClose).off('close', onClose);
      socket.pause();
      if (seen.length > 0) socket.unshift(seen);
    },
  };
}
