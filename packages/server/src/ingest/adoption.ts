import type { HeldPatch } from '../held-updates/held-patch-store.ts';
import type { EventHead, StoredEvent } from '../domain/stored-event.ts';

/** What the organisation wrote once in a project stays so. */
export const keepMark = (event: StoredEvent, before: EventHead | undefined): StoredEvent =>
  before?.isByOrganisation && !event.isByOrganisation
    ? { ...event, isByOrganisation: true }
    : event;

/**
 * Whether the organisation sends an event that a key of the project sent before: an id in another session is another
 * event.
 */
export const canAdopt = (
  { isByOrganisation, sessionId }: Pick<StoredEvent, 'isByOrganisation' | 'sessionId'>,
  head: EventHead,
): boolean =>
  isByOrganisation && !head.isByOrganisation && !head.isDeleted && head.sessionId === sessionId;

/** Whether the organisation writes to a session that was the project's alone. */
export const canAdoptRoot = (event: StoredEvent, root: EventHead): boolean =>
  root.eventId === root.sessionId && canAdopt(event, root);

/** Whether a patch that waited is for the event: one of the organisation that named no project, for what it wrote. */
export const isFor = (held: Omit<HeldPatch, 'sequence'>, event: StoredEvent): boolean =>
  held.eventId === event.eventId &&
  (held.projectId === null ? event.isByOrganisation : held.projectId === event.projectId);
