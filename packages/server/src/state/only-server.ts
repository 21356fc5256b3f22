import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { HeldLease, LeaseHolder, LeaseStore } from '../store/metadata/lease-table.ts';
import { StoreUnavailable } from '../domain/event-store.ts';

/** Another server uses the database. */
export class OtherServerError extends Error {
  override readonly name = 'OtherServerError';
  readonly code = 'other_server';
}

/** How long another server waits for this one after it died. */
const leaseMs = 15_000;
const renewMs = leaseMs / 3;
const retryMs = 250;
const leaseName = 'the only server';

export interface OnlyServerDeps {
  readonly leases: LeaseStore;
  readonly clock: Pick<Clock, 'monotonicMs' | 'sleep' | 'every'>;
  readonly logger: Pick<Logger, 'warn' | 'error' | 'info'>;
}

/** The right of one server to use a database. */
export interface OnlyServer {
  /** @throws {StoreUnavailable} it may not now: another server could have it, or has it */
  require(): void;
  close(): Promise<void>;
}

/**
 * Makes this server the only one that uses the database, until it closes or dies. It waits for one that died. What an
 * earlier process of the same data folder held is free at once, because that process is gone.
 *
 * @throws {OtherServerError} another one uses it and is alive
 */
export async function becomeOnlyServer(
  deps: OnlyServerDeps,
  server: Omit<LeaseHolder, 'holder'>,
): Promise<OnlyServer> {
  const by: LeaseHolder = { ...server, holder: randomUUID() };
  await deps.leases.dropLeasesOf(server.serverId);
  let until = await takeFirst(deps, by);
  let other: string | null = null;
  const renew = async (): Promise<void> => {
    const askedAt = deps.clock.monotonicMs();
    const held = await deps.leases.takeLease(leaseName, by, { forMs: leaseMs });
    other = held?.about ?? null;
    if (held === null) until = askedAt + leaseMs;
  };
  const stop = deps.clock.every(renewMs, () => {
    renew().catch((error: unknown) =>
      deps.logger.warn({ err: error }, 'the lease of the database could not be renewed'),
    );
  });
  return {
    require() {
      if (deps.clock.monotonicMs() < until) return;
      const reason = other === null ? 'it was not reached for a while' : `${other} uses it`;
      throw new StoreUnavailable(`The metadata store cannot be used: ${reason}.`);
    },
    async close() {
      stop();
      await deps.leases.dropLease(leaseName, by.holder);
    },
  };
}

/** @returns until when it is held, monotonic milliseconds */
async function takeFirst(
  { leases, clock, logger }: OnlyServerDeps,
  by: LeaseHolder,
): Promise<number> {
  let before: HeldLease | null = null;
  for (;;) {
    const askedAt = clock.monotonicMs();
    const held = await leases.takeLease(leaseName, by, { forMs: leaseMs });
    if (held === null) return askedAt + leaseMs;
    // One that has more time left than at the last look has renewed it meanwhile.
    if (before !== null && held.leftMs > before.leftMs) throw new OtherServerError(describe(held));
    if (before === null)
      logger.warn(
        { server: held.about },
        'waiting for a server that uses the database, in case it died',
      );
    before = held;
    await clock.sleep(retryMs);
  }
}

const describe = ({ about }: HeldLease): string =>
  `Another server uses the PostgreSQL database: ${about}. Stop it, or give this one another database with HH_POSTGRES_URL. Several servers need their events on one ClickHouse host (docs/guide/several-servers.md).`;
