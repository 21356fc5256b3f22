import type { ChartQuery, EventQuery } from '../../domain/event-query.ts';
import type { ChartPoint, SessionRollup } from '../../domain/event-store.ts';
import type { StoredEvent } from '../../domain/stored-event.ts';
import { useBits } from '../../domain/use-tree.ts';
import { matches } from './filter-model.ts';

const isOrdered = ({ eventId }: StoredEvent): boolean => eventId.charAt(14) === '7';

/** By start, then arrival, then end, unless ids are made one after the other. */
const inOrder = (a: StoredEvent, b: StoredEvent): number =>
  a.startTime - b.startTime ||
  a.createdAt - b.createdAt ||
  (isOrdered(a) ? 0 : a.endTime) - (isOrdered(b) ? 0 : b.endTime) ||
  byId(a, b);

const byId = (a: StoredEvent, b: StoredEvent): number =>
  a.eventId === b.eventId
    ? Buffer.compare(Buffer.from(a.projectId), Buffer.from(b.projectId))
    : Buffer.compare(Buffer.from(a.eventId), Buffer.from(b.eventId));

/** The store as plainly as possible: a list of versions, of which the highest of each event counts. */
export class StoreModel {
  readonly #latest = new Map<string, StoredEvent>();

  insert(rows: readonly StoredEvent[]): void {
    for (const row of rows) {
      const key = JSON.stringify([row.projectId, row.eventId]);
      const known = this.#latest.get(key);
      if (!known || row.version > known.version) this.#latest.set(key, row);
    }
  }

  /** Latest version of every event, deleted ones too. */
  all(): StoredEvent[] {
    return [...this.#latest.values()];
  }

  heads(projectIds: readonly string[], eventIds: readonly string[]): StoredEvent[] {
    return [...this.#latest.values()].filter(
      (row) => projectIds.includes(row.projectId) && eventIds.includes(row.eventId),
    );
  }

  /** Newest first. */
  list(query: EventQuery): StoredEvent[] {
    return this.#alive(query.projectIds)
      .filter((row) => query.fromMs === undefined || row.startTime >= query.fromMs)
      .filter((row) => query.toMs === undefined || row.startTime <= query.toMs)
      .filter((row) => !query.rootsOnly || row.eventId === row.sessionId)
      .filter((row) => query.filters.every((filter) => matches(row, filter)))
      .toSorted((a, b) => inOrder(b, a));
  }

  session(projectIds: readonly string[], sessionId: string): StoredEvent[] {
    return this.#alive(projectIds)
      .filter((row) => row.sessionId === sessionId)
      .toSorted(inOrder);
  }

  rollups(projectIds: readonly string[], sessionIds: readonly string[]): SessionRollup[] {
    return projectIds.flatMap((projectId) =>
      sessionIds.flatMap((sessionId) => {
        const rows = this.session([projectId], sessionId);
        return rows.length === 0 ? [] : [toRollup(rows)];
      }),
    );
  }

  /** Durations by name, hour by hour or day by day: their highest, their sum or how many there are. */
  chart(query: EventQuery & Pick<ChartQuery, 'bucket' | 'aggregation'>): ChartPoint[] {
    const widthMs = query.bucket === 'day' ? 86_400_000 : 3_600_000;
    const groups = new Map<string, StoredEvent[]>();
    for (const row of this.list(query)) {
      const bucketMs = Math.floor(row.startTime / widthMs) * widthMs;
      const key = JSON.stringify([bucketMs, row.eventName]);
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    return [...groups.values()]
      .map((rows) => toPoint(rows, { widthMs, aggregation: query.aggregation }))
      .toSorted(
        (a, b) =>
          a.bucketMs - b.bucketMs || Buffer.from(a.group ?? '').compare(Buffer.from(b.group ?? '')),
      );
  }

  counts(projectIds: readonly string[]): {
    projectId: string;
    eventCount: number;
    sessionCount: number;
  }[] {
    return projectIds.flatMap((projectId) => {
      const rows = this.#alive([projectId]);
      const sessionCount = rows.filter((row) => row.eventId === row.sessionId).length;
      return rows.length === 0
        ? []
        : [{ projectId, eventCount: rows.length - sessionCount, sessionCount }];
    });
  }

  #alive(projectIds: readonly string[]): StoredEvent[] {
    return [...this.#latest.values()].filter(
      (row) => !row.isDeleted && projectIds.includes(row.projectId),
    );
  }
}

function toPoint(
  rows: readonly StoredEvent[],
  { widthMs, aggregation }: { widthMs: number; aggregation: ChartQuery['aggregation'] },
): ChartPoint {
  const numbers = rows.map((row) => row.durationMs);
  const sum = numbers.reduce((total, number) => total + number, 0);
  const values: Partial<Record<ChartQuery['aggregation'], number>> = {
    count: numbers.length,
    max: Math.max(...numbers),
    sum,
  };
  const [first] = rows;
  return {
    bucketMs: Math.floor((first?.startTime ?? 0) / widthMs) * widthMs,
    group: first?.eventName ?? null,
    value: values[aggregation] ?? null,
    count: rows.length,
  };
}

function toRollup(rows: readonly StoredEvent[]): SessionRollup {
  const children = rows.filter((row) => row.eventId !== row.sessionId);
  const sum = (bit: number, read: (row: StoredEvent) => number): number =>
    rows.reduce((total, row) => total + ((row.repeatedUse & bit) === 0 ? read(row) : 0), 0);
  return {
    projectId: rows[0]?.projectId ?? '',
    sessionId: rows[0]?.sessionId ?? '',
    eventCount: children.length,
    modelEventCount: children.filter(
      (row) => row.eventType === 'model' && (row.repeatedUse & useBits.call) === 0,
    ).length,
    errorCount: children.filter((row) => row.error !== null).length,
    hasFeedback: rows.some((row) => row.feedback !== '{}'),
    promptTokens: sum(useBits.tokens, (row) => row.promptTokens),
    completionTokens: sum(useBits.tokens, (row) => row.completionTokens),
    totalTokens: sum(useBits.tokens, (row) => row.totalTokens),
    costUsd: sum(useBits.cost, (row) => row.costUsd),
    unknownCostCount: sum(useBits.tokens, (row) => (row.costSource === 'unknown' ? 1 : 0)),
    firstStartTime: Math.min(...rows.map((row) => row.startTime)),
    lastStartTime: Math.max(...rows.map((row) => row.startTime)),
    lastEndTime: Math.max(...rows.map((row) => row.endTime)),
    isPartial: rows.some((row) => row.isPartial),
    hasEnded: rows.some((row) => row.hasEnded),
  };
}
