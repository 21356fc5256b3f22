import type { HoneyHive } from 'honeyhive';
import { Failure } from '../failure.ts';
import { makeSampleSessions } from '../samples/sample-sessions.ts';
import type { SampleEvent, SampleOptions } from '../samples/sample-sessions.ts';

/** Events of one request, unless they are large. */
const batchEvents = 1_000;
const batchChars = 4_000_000;
/** Requests in flight at once. */
const senders = 3;

/** Sessions that were stored. */
export interface SentSamples {
  readonly sessions: number;
  readonly events: number;
  readonly elapsedMs: number;
}

/** Sends made-up sessions; resolves when all of their events are acknowledged as stored. */
export async function sendSamples(
  client: HoneyHive,
  options: SampleOptions & {
    readonly project?: string;
    readonly onStored?: (events: number) => void;
  },
): Promise<SentSamples> {
  const startedAt = performance.now();
  const batches = inBatches(makeSampleSessions(options));
  let events = 0;
  const work = async () => {
    for (const batch of batches) {
      const { project } = options;
      const sent = project === undefined ? batch : batch.map((event) => ({ ...event, project }));
      const { created_count, errors } = await client.createEventsBatch(sent);
      const [first] = errors;
      if (first) throw new Failure(`the service refused an event: ${first.message}`);
      events += created_count;
      options.onStored?.(events);
    }
  };
  await Promise.all(Array.from({ length: senders }, work));
  return { sessions: options.count, events, elapsedMs: performance.now() - startedAt };
}

/** Events in batches that are neither too many nor too large. */
function* inBatches(sessions: Iterable<readonly SampleEvent[]>): Generator<SampleEvent[]> {
  let batch: SampleEvent[] = [];
  let chars = 0;
  for (const session of sessions) {
    for (const event of session) {
      const size = JSON.stringify(event).length;
      if (batch.length > 0 && (batch.length >= batchEvents || chars + size > batchChars)) {
        yield batch;
        [batch, chars] = [[], 0];
      }
      batch.push(event);
      chars += size;
    }
  }
  if (batch.length > 0) yield batch;
}
