import type { EventStore } from '../../domain/event-store.ts';
import type { MetadataStore } from '../../open-metadata.ts';
import type { Project } from '../../projects/project-store.ts';
import { openEventStore } from '../../store/events/open-event-store.ts';
import type { ExportSource } from '../export-lines.ts';
import { openTestMetadata } from '../../store/testing/open-test-metadata.ts';

/** Little: a query may return half of it, which is less than a first page of large events. */
const queryMemoryBytes = 192 * 1024 ** 2;

export interface Stores {
  readonly events: EventStore;
  readonly metadata: MetadataStore;
}

/** Opens the stores of a data folder for a piece of work: one engine's folder is open in a process at a time. */
export async function withStores<Result>(
  dataDir: string,
  work: (stores: Stores) => Promise<Result>,
): Promise<Result> {
  const metadata = await openTestMetadata(dataDir);
  const events = await openEventStore({ dataDir, queryMemoryBytes });
  try {
    return await work({ events, metadata });
  } finally {
    await events.close();
    await metadata.close();
  }
}

/** The same source at every call: an export of it is the same file. */
export const toSource = (stores: Stores, project: Project | null = null): ExportSource => ({
  ...stores,
  project,
  writtenBy: 'test',
  now: Date.UTC(2026, 0, 2),
  onProgress: () => undefined,
});
