import type { EventHead, StoredEvent } from '../domain/stored-event.ts';
import { isSameSpan } from './complete-event.ts';
import type { WriteOutcome } from './write.ts';

/** Whether the id is taken: by something deleted, or by an event of another session. */
export const isOfAnother = (
  event: StoredEvent,
  head: EventHead,
  known: StoredEvent | undefined,
): boolean =>
  head.isDeleted || (head.sessionId !== event.sessionId && !(known && isSameSpan(known, event)));

export const toConflict = ({ isDeleted, sessionId }: EventHead): WriteOutcome => ({
  kind: 'conflict',
  sessionId: isDeleted ? null : sessionId,
});
