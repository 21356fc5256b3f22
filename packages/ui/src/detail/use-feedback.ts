import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import { showToast } from '../kit/toasts.tsx';
import type { JsonNode } from '../payload/json/json-node.ts';
import { detailText } from '../text/detail.ts';
import { useInvalidateEvent, type EventName } from './event-query.ts';
import { readFeedback, toFeedbackPatch, undoOf } from './feedback.ts';
import type { Feedback, FeedbackChange } from './feedback.ts';

export interface FeedbackState {
  /** What was said, with what is being saved. */
  readonly feedback: Feedback;
  readonly change: (change: FeedbackChange) => void;
  /** Why the last change was not saved; null when it was. */
  readonly error: Error | null;
  readonly retry: () => void;
}

/**
 * What was said of an event, and how to say something. It is shown at once; where it could not be saved, it is what it
 * was before, and the error says so.
 */
export function useFeedback(name: EventName, bucket: JsonNode | null | undefined): FeedbackState {
  const stored = readFeedback(bucket ?? null);
  // What was saved since the event was loaded.
  const [saved, setSaved] = useState<Partial<Feedback>>({});
  const invalidate = useInvalidateEvent(name);
  const known = { ...stored, ...saved };
  const save = useMutation({
    mutationFn: ({ change }: { change: FeedbackChange; undo: FeedbackChange | null }) =>
      ask('updateEventById', {
        params: { event_id: name.eventId },
        query: { project: name.project },
        body: { feedback: toFeedbackPatch(bucket ?? null, change) },
      }),
    onSuccess: async (_, { change, undo }) => {
      setSaved((before) => ({ ...before, ...change }));
      showToast({
        text: detailText.savedFeedback,
        ...(undo && {
          action: {
            label: detailText.undo,
            run: () => save.mutate({ change: undo, undo: null }),
          },
        }),
      });
      await invalidate();
    },
  });
  const shown = save.isPending ? { ...known, ...save.variables.change } : known;
  return {
    feedback: shown,
    change: (change) => save.mutate({ change, undo: undoOf(known, change) }),
    error: save.error,
    retry: () => {
      if (save.variables) save.mutate(save.variables);
    },
  };
}
