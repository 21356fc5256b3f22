import type { FastifyInstance } from 'fastify';
import { impatience } from './body-watch.ts';
import type { BodyWatch } from './body-watch.ts';

/**
 * What is left of a refused body is read and dropped, for closing on a sender would cost it the answer; but not for
 * longer than a few seconds.
 */
export function dropUnreadBodies(app: FastifyInstance, bodyWatch: BodyWatch): void {
  app.addHook('onResponse', async ({ raw: request }) => {
    if (!request.complete) bodyWatch.watch(request, impatience, () => request.socket.destroy());
  });
}
