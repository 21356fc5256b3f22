import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { AuditEntry, AuditStore } from './audit-store.ts';

/** What happened, and to what; the log adds when. */
export type AuditEvent = Omit<AuditEntry, 'sequence' | 'at' | 'target'> & {
  readonly targets: readonly string[];
};

/** Who did what to the installation: a line of the log, and entries that are kept. */
export interface AuditLog {
  /** Never fails: what was done is done. */
  record(event: AuditEvent): Promise<void>;
}

export interface AuditDeps {
  readonly metadata: Pick<AuditStore, 'addAudit'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Pick<Logger, 'info' | 'error'>;
}

export function createAuditLog({ metadata, clock, logger }: AuditDeps): AuditLog {
  return {
    async record({ targets, ...event }) {
      logger.info({ audit: true, ...event, targets }, `audit: ${event.action}`);
      const at = clock.now();
      const each = targets.length === 0 ? [null] : targets;
      try {
        await metadata.addAudit(each.map((target) => ({ ...event, at, target })));
      } catch (error) {
        logger.error({ err: error, action: event.action }, 'an audit entry could not be stored');
      }
    },
  };
}
