import { emptyDigest } from '../../domain/event-digest.ts';
import type { StoredEvent } from '../../domain/stored-event.ts';

/** A plain model event at 2026-01-02 03:04:05 UTC, with what the test cares about. */
export function buildStoredEvent(event: Partial<StoredEvent> = {}): StoredEvent {
  const startTime = event.startTime ?? Date.UTC(2026, 0, 2, 3, 4, 5);
  return {
    projectId: 'p1',
    sessionId: 's1',
    eventId: 'e1',
    version: 1,
    isDeleted: false,
    eventType: 'model',
    eventName: 'chat',
    parentId: 's1',
    childrenIds: [],
    source: 'test',
    error: null,
    startTime,
    endTime: startTime + 10,
    durationMs: 10,
    hasEnded: true,
    promptTokens: 0,
    completionTokens: 0,
    totalTokens: 0,
    costUsd: 0,
    costSource: '',
    repeatedUse: 0,
    sampleRate: 1,
    isPartial: false,
    isEmptied: false,
    createdAt: Math.floor(startTime),
    updatedAt: Math.floor(startTime),
    config: '{}',
    inputs: '{}',
    outputs: '{}',
    metadata: '{}',
    metrics: '{}',
    feedback: '{}',
    user_properties: '{}',
    isByOrganisation: true,
    apiKeyId: '',
    origin: '',
    ...emptyDigest,
    ...event,
  };
}

/** The root of a session. */
export const buildStoredSession = (event: Partial<StoredEvent> = {}): StoredEvent =>
  buildStoredEvent({
    eventType: 'session',
    eventName: 'session',
    eventId: event.sessionId ?? 's1',
    parentId: null,
    ...event,
  });
