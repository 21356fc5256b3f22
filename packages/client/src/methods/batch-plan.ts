import type { BatchResult } from '../generated/types.ts';
import { isObject } from '../json/json-object.ts';
import type { JsonObject } from '../json/json-object.ts';
import type { Sampler } from '../policy/sampler.ts';
import { draftEvent } from '../wire/draft.ts';
import type { DraftContext } from '../wire/draft.ts';

/** What became of a batch. */
export interface EventsBatchResult extends BatchResult {
  /**
   * Number of events excluded by `sampling`; absent if zero. With `created_count` and `failed_count` it adds up to all
   * given events.
   */
  readonly unsampled_count?: number;
}

/** The part of a batch to send, and the way back to the places of what was given. */
export interface BatchPlan {
  readonly sent: readonly unknown[];
  /** The result of what was sent as that of what was given. */
  complete(result: BatchResult): EventsBatchResult;
}

export function planBatch(
  events: readonly unknown[],
  context: DraftContext & { readonly sampler: Sampler },
): BatchPlan {
  // What is no event is sent as it is: the service names it in the errors, and stores the others.
  const kept = events
    .map((event, place) => ({ place, item: isObject(event) ? draftEvent(event, context) : event }))
    .filter(({ item }) => !isObject(item) || context.sampler.tryKeep(item));
  const sent = kept.map(({ item }) => item);
  const places = kept.map(({ place }) => place);
  if (kept.length === events.length) return { sent, complete: (result) => result };
  const moved = <Note extends JsonObject>(note: Note): Note =>
    typeof note['index'] === 'number'
      ? { ...note, index: places[note['index']] ?? note['index'] }
      : note;
  const sentPlaces = new Set(places);
  const forgone = [...events.keys()].filter((place) => !sentPlaces.has(place));
  return {
    sent,
    complete: (result) => ({
      ...result,
      events: result.events.map((event) => ({ ...event, ...movedWarnings(event, moved) })),
      errors: result.errors.map(moved),
      ...movedWarnings(result, moved),
      unsampled_count: forgone.length + (result.unsampled_count ?? 0),
      unsampled: [...forgone, ...(result.unsampled ?? []).map((index) => places[index] ?? index)],
    }),
  };
}

type Warnings = BatchResult['warnings'];

const movedWarnings = (
  { warnings }: { readonly warnings?: Warnings },
  moved: <Note extends JsonObject>(note: Note) => Note,
): { readonly warnings?: NonNullable<Warnings> } =>
  warnings === undefined ? {} : { warnings: warnings.map(moved) };
