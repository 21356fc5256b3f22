import type { ClientConfig } from '../../options/config.ts';
import { findKeyRisks } from '../../options/key-risks.ts';
import { createWarner } from '../../options/warner.ts';
import type { DeliveryPlatform } from '../platform.ts';
import type { ExitRoute } from './exit-message.ts';
import { findCompressors } from './compressors.ts';
import { FolderSpool } from './folder-spool.ts';
import { noteProcessLoss, watchProcess } from './process-end.ts';

/** Node.js: compression on its thread pool, and events that outlive the end of the process. */
export const createNodePlatform = (config: ClientConfig): DeliveryPlatform => ({
  compressors: findCompressors(),
  openSpool: (spool, deps) => new FolderSpool(spool, deps),
  noteLoss: noteProcessLoss,
  watchEnd: ({ pending, stored, flush, drainToBodies, lastFailure }) => {
    const { exitTimeoutMs, handlesSignals, logger } = config.delivery;
    if (config.isTestMode) return () => undefined;
    return watchProcess({
      handlesSignals,
      pending,
      async flushAll() {
        // As long as the service answers, there is no reason to give up.
        for (let before = -1; exitTimeoutMs > 0 && pending() > 0 && stored() > before;) {
          before = stored();
          await flush(exitTimeoutMs);
        }
      },
      toExitJob(isTooLate) {
        const bodies = drainToBodies();
        const isSent = exitTimeoutMs > 0 && !isTooLate && bodies.length > 0;
        return {
          bodies,
          route: isSent ? toRoute(config) : null,
          failure: lastFailure() ?? toFailure(exitTimeoutMs),
          logger,
        };
      },
    });
  },
});

const toFailure = (exitTimeoutMs: number): string =>
  exitTimeoutMs === 0
    ? 'the process ended, and exitTimeout is 0'
    : `the process ended, and there was no answer within exitTimeout (${exitTimeoutMs} ms)`;

function toRoute(config: ClientConfig): ExitRoute {
  const { apiKey, headers, retry, transport, warningLogger } = config;
  const warn = createWarner(warningLogger);
  for (const risk of findKeyRisks({ apiKey, baseUrl: transport.baseUrl })) warn(risk);
  return { apiKey, headers, retry, transport, timeoutMs: config.delivery.exitTimeoutMs };
}
