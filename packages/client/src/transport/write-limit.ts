import type { buildConnector } from 'undici';

/** The network took no more of a request for too long. */
class WriteTimeout extends Error {
  readonly code = 'HH_WRITE_TIMEOUT';
}

/**
 * Ends connections that do not get rid of what is to be sent.
 *
 * The timer of a socket starts anew with each read, each write, and each part of a long write that
 * the network took; it is not due as long as there is progress, and holds no process.
 */
export const withWriteLimit =
  (connect: buildConnector.connector, limitMs: number): buildConnector.connector =>
  (target, callback) =>
    connect(target, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      socket.setTimeout(limitMs, () => {
        // Nothing to write: the service thinks, or nobody asks for anything.
        if (socket.writableLength === 0) return;
        socket.destroy(new WriteTimeout('the network took no more of the request'));
      });
      return callback(null, socket);
    });
