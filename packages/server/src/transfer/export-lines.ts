import type { EventStore } from '../domain/event-store.ts';
import type { MetadataStore, Project } from '../domain/metadata-store.ts';
import { readEventPages } from './event-pages.ts';
import { encodeLine } from './record-codec.ts';
import { TransferError } from './transfer-error.ts';
import { noRecords } from './transfer-record.ts';
import type { ExportHeader, RecordCounts, TransferRecord } from './transfer-record.ts';

/** Where an export comes from. Nobody else may write there meanwhile. */
export interface ExportSource {
  readonly events: Pick<EventStore, 'readPage' | 'countEvents'>;
  readonly metadata: Pick<MetadataStore, 'readRecords'>;
  /** null: everything. */
  readonly project: Project | null;
  readonly writtenBy: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly onProgress: (written: RecordCounts) => void;
}

/**
 * The lines of an export, in the order: header, metadata, events project by project, end.
 *
 * @returns how many records of each kind
 * @throws {TransferError} the store holds another number of events than were read
 */
export async function* exportLines(source: ExportSource): AsyncGenerator<string, RecordCounts> {
  const scope: ExportHeader['scope'] = source.project ? 'project' : 'installation';
  const { writtenBy, now: createdAt } = source;
  yield encodeLine({ type: 'header', header: { scope, writtenBy, createdAt } });
  const counts = { ...noRecords };
  const encode = (record: TransferRecord): string => {
    counts[record.type] += 1;
    return encodeLine(record);
  };
  const projectIds: string[] = [];
  for await (const record of source.metadata.readRecords(source.project?.id ?? null)) {
    if (record.type === 'project') projectIds.push(record.project.id);
    yield encode(record);
  }
  for (const projectId of projectIds) {
    let live = 0;
    for await (const page of readEventPages(source.events, projectId)) {
      live += page.filter(({ isDeleted }) => !isDeleted).length;
      for (const event of page) yield encode({ type: 'event', event });
      source.onProgress(counts);
    }
    await checkCount(source, projectId, live);
  }
  yield encodeLine({ type: 'end', counts });
  return counts;
}

async function checkCount(source: ExportSource, projectId: string, live: number): Promise<void> {
  const query = { projectIds: [projectId], filters: [], rootsOnly: false };
  const stored = await source.events.countEvents(query);
  if (stored === live) return;
  throw new TransferError(
    `project ${projectId} has ${stored} events, but ${live} were read: the data changed meanwhile, or the store is damaged`,
  );
}
