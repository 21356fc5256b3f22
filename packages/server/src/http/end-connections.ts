import type { FastifyInstance } from 'fastify';
import type { LiveStreams } from '../live/live-streams.ts';

/** A connection that stays open after its last answer would hold up the end until the client lets go of it. */
export function endConnectionsOnClose(
  app: FastifyInstance,
  live: Pick<LiveStreams, 'close'>,
): void {
  let isClosing = false;
  app.addHook('preClose', (done) => {
    isClosing = true;
    // A stream is an answer that would not end on its own.
    live.close();
    done();
  });
  app.addHook('onSend', async (_request, reply, payload) => {
    if (isClosing) reply.header('connection', 'close');
    return payload;
  });
}
