import type { Clock } from '../clock.ts';
import type { LeaseHolder, LeaseStore } from '../store/metadata/lease-table.ts';

/** How long a server that died still counts. */
const presentMs = 15_000;
const everyMs = presentMs / 3;
/** Each server that works has a lease of this name and its id. */
const prefix = 'server ';

export interface ServerCountDeps {
  readonly leases: LeaseStore;
  readonly clock: Pick<Clock, 'every'>;
  readonly server: Omit<LeaseHolder, 'holder'>;
}

/** How many servers use the database at present. */
export interface ServerCount {
  /** This one included. While the database is away, what it was before. */
  count(): number;
  close(): Promise<void>;
}

export async function countServers({
  leases,
  clock,
  server,
}: ServerCountDeps): Promise<ServerCount> {
  const name = `${prefix}${server.serverId}`;
  const by = { ...server, holder: server.serverId };
  let count = 1;
  const look = async (): Promise<void> => {
    await leases.takeLease(name, by, { forMs: presentMs });
    count = Math.max(1, await leases.countLeases(prefix));
  };
  await look();
  const stop = clock.every(everyMs, () => void look().catch(() => undefined));
  return {
    count: () => count,
    async close() {
      stop();
      // What cannot be dropped expires.
      await leases.dropLease(name, by.holder).catch(() => undefined);
    },
  };
}
