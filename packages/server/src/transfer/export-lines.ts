import type { EventPosition, EventStore } from '../domain/event-store.ts';
import type { MetadataStore, Project } from '../domain/metadata-store.ts';
import { readEventPages } from './event-pages.ts';
import { encodeLine } from './record-codec.ts';
import { TransferError } from './transfer-error.ts';
import { noRecords } from './transfer-record.ts';
import type { ExportHeader, RecordCounts, TransferRecord } from './transfer-record.ts';

/** Where an export comes from. Nobody else may write there meanwhile. */
export interface ExportSource {
  readonly events: Pick<EventStore, 'readPage' | 'countEvents' | 'readFingerprint'>;
  readonly metadata: Pick<MetadataStore, 'readRecords'>;
  /** null: everything. */
  readonly project: Project | null;
  readonly writtenBy: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly onProgress: (written: RecordCounts) => void;
}

/** Up to where an export has come: what follows can be written without what was before. */
export interface ExportPosition {
  /** Project of the last event. */
  readonly projectId: string;
  /** The last event. */
  readonly after: EventPosition;
  /** Events of the project so far that are not deleted. */
  readonly live: number;
  readonly counts: RecordCounts;
}

/** A line of an export, and where the export is with it; null when it cannot go on from there. */
export interface ExportLine {
  readonly text: string;
  readonly position: ExportPosition | null;
}

/**
 * The lines of an export, in the order: header, metadata, events project by project, end.
 *
 * @param from the position of a line of an earlier export of the same data; null begins
 * @returns how many records of each kind, those before `from` too
 * @throws {TransferError} the store holds another number of events than were read
 */
export async function* exportLines(
  source: ExportSource,
  from: ExportPosition | null = null,
): AsyncGenerator<ExportLine, RecordCounts> {
  const scope: ExportHeader['scope'] = source.project ? 'project' : 'installation';
  const { writtenBy, now: createdAt } = source;
  const counts = { ...(from?.counts ?? noRecords) };
  const encode = (record: TransferRecord): string => {
    counts[record.type] += 1;
    return encodeLine(record);
  };
  if (!from) {
    const header = { scope, writtenBy, createdAt };
    yield { text: encodeLine({ type: 'header', header }), position: null };
  }
  const projectIds: string[] = [];
  for await (const record of source.metadata.readRecords(source.project?.id ?? null)) {
    if (record.type === 'project') projectIds.push(record.project.id);
    if (!from) yield { text: encode(record), position: null };
  }
  for (const projectId of projectIds.slice(from ? projectIds.indexOf(from.projectId) : 0)) {
    const begun = from?.projectId === projectId ? from : null;
    let live = begun?.live ?? 0;
    for await (const page of readEventPages(source.events, projectId, begun?.after)) {
      for (const event of page) {
        if (!event.isDeleted) live += 1;
        const text = encode({ type: 'event', event });
        const { startTime, sessionId, eventId } = event;
        const after = { startTime, sessionId, eventId };
        yield { text, position: { projectId, after, live, counts: { ...counts } } };
      }
      source.onProgress(counts);
    }
    await checkCount(source, projectId, live);
  }
  yield { text: encodeLine({ type: 'end', counts }), position: null };
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
