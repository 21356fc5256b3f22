/** What the service has acknowledged, and so owes. */
export interface Ledger {
  /** Every event that was ever sent, acknowledged or not: the service may have them, each once. */
  readonly sent: ReadonlyMap<string, SentEvent>;
  /** Ids of events whose create was answered 200. */
  readonly acknowledged: ReadonlySet<string>;
  /** Metadata keys by event id whose update was answered 200. */
  readonly updates: ReadonlyMap<string, ReadonlySet<string>>;
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
}

export function openLedger(): OpenLedger {
  const sent = new Map<string, SentEvent>();
  const acknowledged = new Set<string>();
  const updates = new Map<string, Set<string>>();
  return {
    sent,
    acknowledged,
    updates,
    noteSent: (event) => void sent.set(event.event_id, event),
    noteAcknowledged: (eventId) => void acknowledged.add(eventId),
    noteUpdated(eventId, key) {
      updates.set(eventId, (updates.get(eventId) ?? new Set()).add(key));
    },
  };
}
