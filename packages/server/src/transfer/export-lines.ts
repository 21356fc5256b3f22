import type { EventPosition, EventStore } from '../domain/event-store.ts';
import type { RecordStore } from '../metadata-codecs.ts';
import type { Project } from '../projects/project-store.ts';
import { readEventPages } from './event-pages.ts';
import { encodeLine } from './record-codec.ts';
import { TransferError } from './transfer-error.ts';
import { noRecords } from './transfer-record.ts';
import type { ExportHeader, RecordCounts, TransferRecord } from './transfer-record.ts';

/** Where an export comes from. Nobody else may write there meanwhile. */
export interface ExportSource {
  readonly events: Pick<EventStore, 'readPage' | 'countEvents' | 'readFingerprint'>;
  readonly metadata: Pick<RecordStore, 'readRecords'>;
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

/** A line of an export, and where the export is with it; null when it cannot continue from there. */
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
  const counts = { ...(from?.counts ?? noRecords) };
  if (from === null) yield* metadataLines(source, counts);
  const projectIds = await readProjectIds(source);
  const begun = from === null ? 0 : projectIds.indexOf(from.projectId);
  for (const [index, projectId] of projectIds.slice(begun).entries())
    yield* eventLines(source, { projectId, counts, from: index === 0 ? from : null });
  yield { text: encodeLine({ type: 'end', counts }), position: null };
  return counts;
}

async function* metadataLines(
  { metadata, project, writtenBy, now: createdAt }: ExportSource,
  counts: Record<TransferRecord['type'], number>,
): AsyncGenerator<ExportLine> {
  const header: ExportHeader = {
    scope: project ? 'project' : 'installation',
    writtenBy,
    createdAt,
  };
  yield { text: encodeLine({ type: 'header', header }), position: null };
  for await (const record of metadata.readRecords(project?.id ?? null)) {
    counts[record.type] += 1;
    yield { text: encodeLine(record), position: null };
  }
}

async function readProjectIds({ metadata, project }: ExportSource): Promise<string[]> {
  const ids: string[] = [];
  for await (const { type, record } of metadata.readRecords(project?.id ?? null))
    if (type === 'project') ids.push(record.id);
  return ids;
}

interface ProjectPart {
  readonly projectId: string;
  /** Counts of the whole export; the events are added. */
  readonly counts: Record<TransferRecord['type'], number>;
  /** Where to continue in this project; null begins. */
  readonly from: ExportPosition | null;
}

async function* eventLines(
  source: ExportSource,
  { projectId, counts, from }: ProjectPart,
): AsyncGenerator<ExportLine> {
  let live = from?.live ?? 0;
  for await (const page of readEventPages(source.events, projectId, from?.after)) {
    for (const event of page) {
      counts.event += 1;
      live += event.isDeleted ? 0 : 1;
      const { startTime, sessionId, eventId } = event;
      const after = { startTime, sessionId, eventId };
      const position = { projectId, after, live, counts: { ...counts } };
      yield { text: encodeLine({ type: 'event', event }), position };
    }
    source.onProgress(counts);
  }
  await checkCount(source, projectId, live);
}

async function checkCount(source: ExportSource, projectId: string, live: number): Promise<void> {
  const query = { projectIds: [projectId], filters: [], rootsOnly: false };
  const stored = await source.events.countEvents(query);
  if (stored === live) return;
  throw new TransferError(
    `project ${projectId} has ${stored} events, but ${live} were read: the data changed meanwhile, or the store is damaged`,
  );
}
