import type { HoneyHiveClient } from './client/client.ts';
import type { HoneyHiveOptions } from './options/options.ts';

/** What the blocking view of a client needs of it, so that the client itself never loads that view. */
export interface ClientLink {
  readonly options: HoneyHiveOptions | undefined;
  /** Closes the blocking view; null without one. */
  closeView: (() => void) | null;
}

const links = new WeakMap<HoneyHiveClient, ClientLink>();

/** Stores the options of a client. */
export const linkClient = (client: HoneyHiveClient, options: HoneyHiveOptions | undefined): void =>
  void links.set(client, { options, closeView: null });

/** The link of a client; undefined for one that has no blocking view. */
export const linkOf = (client: HoneyHiveClient): ClientLink | undefined => links.get(client);
