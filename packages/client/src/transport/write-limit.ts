import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';

/** The network took no more of a request for too long. */
class WriteTimeout extends Error {
  readonly code = 'HH_WRITE_TIMEOUT';
}

/**
 * Closes a connection whose writes make no progress.
 *
 * The socket's timer restarts with each read, each write, and each flushed part of a long write, and does not keep the
 * process alive.
 */
export function limitWrites(socket: Socket, limitMs: number): void {
  socket.setTimeout(limitMs, () => {
    // Nothing to write: the service thinks, or nobody asks for anything.
    if (socket.writableLength === 0) return;
    socket.destroy(new WriteTimeout('the network took no more of the request'));
  });
}

/** Connects, and limits the writes of each connection. */
export const withWriteLimit =
  (connect: buildConnector.connector, limitMs: number): buildConnector.connector =>
  (target, callback) =>
    connect(target, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      limitWrites(socket, limitMs);
      return callback(null, socket);
    });
