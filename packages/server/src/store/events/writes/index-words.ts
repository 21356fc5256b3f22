import type { IndexRound, WordIndexProgress } from '../../../domain/event-store.ts';
import { indexHours, readUsedHours } from './hour-words.ts';
import type { UsedHour, WordSources } from './hour-words.ts';

/** Rows, and hours, whose words are read at once: about a quarter of a second. */
const batchRows = 20_000;
const batchHours = 200;

/** Nothing is known before the first round. */
export const unknownProgress: WordIndexProgress = { hours: 0, indexedHours: 0 };

/** Indexes every hour that is not, the newest first, except those that were written to since the last round. */
export async function indexWords(
  sources: WordSources,
  { isStopped, rest }: IndexRound,
  onProgress: (progress: WordIndexProgress) => void,
): Promise<void> {
  const { engine, coverage } = sources;
  const wasWritten = coverage.takeWritten();
  const used = await readUsedHours(engine);
  const open = used.filter((place) => !coverage.isCovered(place));
  let indexedHours = used.length - open.length;
  onProgress({ hours: used.length, indexedHours });
  for (const batch of toBatches(open.filter((place) => !wasWritten(place)))) {
    if (isStopped()) return;
    await rest(() => indexHours(sources, batch));
    indexedHours += batch.filter((place) => coverage.isCovered(place)).length;
    onProgress({ hours: used.length, indexedHours });
  }
}

/** Hours of one project in each. */
export function toBatches(hours: readonly UsedHour[]): UsedHour[][] {
  const batches: UsedHour[][] = [];
  const open = new Map<string, { hours: UsedHour[]; rowCount: number }>();
  for (const hour of hours) {
    const batch = open.get(hour.projectId);
    const isFull =
      !batch || batch.hours.length >= batchHours || batch.rowCount + hour.rowCount > batchRows;
    if (isFull) {
      const next = { hours: [hour], rowCount: hour.rowCount };
      open.set(hour.projectId, next);
      batches.push(next.hours);
      continue;
    }
    batch.hours.push(hour);
    batch.rowCount += hour.rowCount;
  }
  return batches;
}
