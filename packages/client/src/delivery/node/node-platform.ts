import { gzip } from 'node:zlib';
import type { ClientConfig } from '../../options/config.ts';
import type { DeliveryPlatform } from '../platform.ts';
import { postWhileWaiting } from './exit-post.ts';
import { FolderSpool } from './folder-spool.ts';
import { watchProcess } from './process-end.ts';

/**
 * Level 6 costs twice the time of level 1 for a twelfth fewer bytes. One large chunk spares the main thread many small
 * ones.
 */
const gzipOptions = { level: 1, chunkSize: 256 * 1024 };

/** Node.js: gzip on its thread pool, and events that outlive the end of the process. */
export const createNodePlatform = (config: ClientConfig): DeliveryPlatform => ({
  gzip: (body) =>
    new Promise((resolve, reject) => {
      gzip(body, gzipOptions, (error, zipped) =>
        error === null ? resolve(zipped) : reject(error),
      );
    }),
  openSpool: (spool, deps) => new FolderSpool(spool, deps),
  watchEnd: ({ pending, stored, flush, drainToBodies }) => {
    const { exitTimeoutMs, handlesSignals } = config.delivery;
    if (exitTimeoutMs === 0 || config.isTestMode) return () => undefined;
    return watchProcess({
      handlesSignals,
      pending,
      async flushAll() {
        // As long as the service answers, there is no reason to give up.
        for (let before = -1; pending() > 0 && stored() > before;) {
          before = stored();
          await flush(exitTimeoutMs);
        }
      },
      flushBlocking: () => postWhileWaiting(drainToBodies(), config),
    });
  },
});
