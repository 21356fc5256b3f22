import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { LeaseHolder, LeaseStore } from '../store/metadata/lease-table.ts';
import type { Leases } from './leases.ts';

/** How long the work of a server that died waits for another one. */
const leaseMs = 15_000;
const renewMs = leaseMs / 3;

export interface StoredLeasesDeps {
  readonly leases: LeaseStore;
  readonly clock: Pick<Clock, 'every' | 'withLimit'>;
  readonly server: Omit<LeaseHolder, 'holder'>;
}

/**
 * Leases that all servers of a database agree on. One is renewed at a third of its time; when a renewal fails or comes
 * too late, the work is aborted.
 */
export const createStoredLeases = ({ leases, clock, server }: StoredLeasesDeps): Leases => ({
  async run(name, work) {
    const by: LeaseHolder = { ...server, holder: randomUUID() };
    const take = () => leases.takeLease(name, by, { forMs: leaseMs });
    if ((await take()) !== null) return false;
    const lost = new AbortController();
    const renew = async (): Promise<void> => {
      const late = () => new Error('the lease was not renewed in time');
      const other = await clock.withLimit(renewMs, take(), late);
      if (other !== null) throw new Error(`${other.about} has the lease`);
    };
    const stop = clock.every(renewMs, () => {
      renew().catch((error: unknown) => lost.abort(error));
    });
    try {
      await work(lost.signal);
      return true;
    } finally {
      stop();
      // What cannot be dropped expires.
      await leases.dropLease(name, by.holder).catch(() => undefined);
    }
  },
});
