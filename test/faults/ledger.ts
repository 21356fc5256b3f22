/** What the service has acknowledged, and so owes. */
export interface Ledger {
  /** Every event that was ever sent, acknowledged or not: the service may have them, each once. */
  readonly sent: ReadonlyMap<string, SentEvent>;
  /** Ids of events whose create was answered 200. */
  readonly acknowledged: ReadonlySet<string>;
  /** Metadata keys by event id whose update was answered 200. */
  readonly updates: ReadonlyMap<string, ReadonlySet<string>>;
  /**
   * By event id, the number of the last update that was sent, and of the last that was answered 200; each overwrites
   * the one before.
   */
  readonly turns: ReadonlyMap<string, Turns>;
  /** Ids of events whose deletion was sent, and whether it was answered 200. */
  readonly deletions: ReadonlyMap<string, boolean>;
}

/** Updates of one event that overwrite one another. */
export interface Turns {
  readonly sent: number;
  readonly acknowledged: number;
}

/** An event as it was sent. */
export interface SentEvent {
  readonly event_id: string;
  readonly session_id: string;
  readonly [key: string]: unknown;
}

/** A ledger that is being written. */
export interface OpenLedger extends Ledger {
  noteSent(event: SentEvent): void;
  noteAcknowledged(eventId: string): void;
  noteUpdated(eventId: string, key: string): void;
  noteTurn(eventId: string, turns: Turns): void;
  noteDeletion(eventId: string, isAcknowledged: boolean): void;
}

export function openLedger(): OpenLedger {
  const sent = new Map<string, SentEvent>();
  const acknowledged = new Set<string>();
  const updates = new Map<string, Set<string>>();
  const turns = new Map<string, Turns>();
  const deletions = new Map<string, boolean>();
  return {
    sent,
    acknowledged,
    updates,
    turns,
    deletions,
    noteSent: (event) => void sent.set(event.event_id, event),
    noteAcknowledged: (eventId) => void acknowledged.add(eventId),
    noteTurn: (eventId, last) => void turns.set(eventId, last),
    noteDeletion: (eventId, isAcknowledged) => void deletions.set(eventId, isAcknowledged),
    noteUpdated(eventId, key) {
      updates.set(eventId, (updates.get(eventId) ?? new Set()).add(key));
    },
  };
}
