import { emptyDigest } from '../domain/event-digest.ts';
import type { EventHead, StoredEvent } from '../domain/stored-event.ts';

/** The version that says that an event was deleted. */
export function tombstone(
  head: Omit<EventHead, 'version' | 'isDeleted' | 'origin'>,
  version: number,
  now: number,
): StoredEvent {
  return {
    projectId: head.projectId,
    sessionId: head.sessionId,
    eventId: head.eventId,
    startTime: head.startTime,
    version,
    isDeleted: true,
    eventType: 'chain',
    eventName: '',
    parentId: null,
    childrenIds: [],
    source: '',
    error: null,
    endTime: head.startTime,
    durationMs: 0,
    hasEnded: false,
    config: '{}',
    inputs: '{}',
    outputs: '{}',
    metadata: '{}',
    metrics: '{}',
    feedback: '{}',
    user_properties: '{}',
    promptTokens: 0,
    completionTokens: 0,
    totalTokens: 0,
    costUsd: 0,
    costSource: '',
    repeatedUse: 0,
    sampleRate: 1,
    isPartial: false,
    isEmptied: false,
    ...emptyDigest,
    createdAt: now,
    updatedAt: now,
    isByOrganisation: head.isByOrganisation,
    apiKeyId: '',
    origin: '',
  };
}
