import type { EventInput, HoneyHive } from 'honeyhive';
import {
  conversation,
  conversationEnd,
  conversationMs,
  conversationSession,
  customerFeedback,
  ratedStep,
} from './conversation.ts';
import type { Step } from './conversation.ts';

/** Something that was sent, as it should come back. */
export type SentEvent = EventInput & { readonly event_id: string };

/** A session that was sent, root first. */
export interface SentSession {
  readonly sessionId: string;
  readonly events: readonly SentEvent[];
}

const idOf = (ids: ReadonlyMap<string, string>, key: string): string => {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`the step ${key} comes after one that needs it`);
  return id;
};

async function sendStep(
  client: HoneyHive,
  step: Step,
  place: { readonly sessionId: string; readonly parentId: string; readonly startTime: number },
): Promise<SentEvent> {
  const { key: _key, parent: _parent, startMs, ...event } = step;
  const sent = {
    ...event,
    session_id: place.sessionId,
    parent_id: place.parentId,
    start_time: place.startTime + startMs,
  };
  const { event_id } = await client.createEvent(sent);
  return { ...sent, event_id };
}

/**
 * Sends the conversation as an application would: the session, each step as it ends, then what is known only later,
 * as updates. Returns what should be stored when all of it is.
 *
 * @param endTime when the last step ended, epoch milliseconds
 */
export async function sendConversation(client: HoneyHive, endTime: number): Promise<SentSession> {
  const startTime = endTime - conversationMs;
  const { session_id: sessionId } = await client.createSession({
    ...conversationSession,
    start_time: startTime,
  });
  const ids = new Map<string, string>();
  const events: SentEvent[] = [];
  for (const step of conversation) {
    const parentId = step.parent === null ? sessionId : idOf(ids, step.parent);
    const sent = await sendStep(client, step, { sessionId, parentId, startTime });
    ids.set(step.key, sent.event_id);
    events.push(sent);
  }
  const ratedId = idOf(ids, ratedStep);
  await client.updateEvent({ event_id: ratedId, feedback: customerFeedback });
  const end = { ...conversationEnd, duration: conversationMs };
  await client.updateEvent({ event_id: sessionId, ...end });
  return {
    sessionId,
    events: [
      toSentRoot(sessionId, startTime, end),
      ...events.map((event) =>
        event.event_id === ratedId ? { ...event, feedback: customerFeedback } : event,
      ),
    ],
  };
}

function toSentRoot(
  sessionId: string,
  startTime: number,
  end: typeof conversationEnd & { readonly duration: number },
): SentEvent {
  const { session_name, metadata, ...session } = conversationSession;
  return {
    ...session,
    ...end,
    event_id: sessionId,
    session_id: sessionId,
    event_type: 'session',
    event_name: session_name,
    start_time: startTime,
    metadata: { ...metadata, ...end.metadata },
  };
}
