import Database from 'libsql';
import type { AlertIn } from 'honeyhive-wire';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { fromGroupKey } from '../../alerts/alert-store.ts';
import { systemClock } from '../../clock.ts';
import type { EventStore } from '../../domain/event-store.ts';
import type { StoredEvent } from '../../domain/stored-event.ts';
import { createReadGate } from '../../fairness/read-gate.ts';
import { createMetrics } from '../../observe/metrics.ts';
import { openMetadataStore } from '../../open-metadata.ts';
import type { MetadataStore } from '../../open-metadata.ts';
import { createLocalLeases } from '../../state/leases.ts';
import { buildStoredEvent } from '../../store/testing/build-event.ts';
import { openTestStore } from '../../store/testing/open-test-store.ts';
import { evaluateUntil } from '../evaluate-alerts.ts';
import type { AlertDeps } from '../evaluate-alerts.ts';

export const minuteMs = 60_000;
/** Minutes of tests are counted from here. */
export const start = Date.UTC(2026, 2, 2, 12);

const openGate = () =>
  createReadGate({
    clock: systemClock,
    limits: {
      running: 8,
      runningOfShare: 6,
      waitingOfKey: 128,
      waitingOfShare: 256,
      waiting: 1024,
    },
    maxWaitMs: 60_000,
    timeoutMs: 60_000,
    onRefused: () => undefined,
    onStarted: () => undefined,
  });

/**
 * Alerts over separate stores, with a clock that the test moves.
 *
 * @param change of what evaluations use
 */
export async function openAlerts(change: (deps: AlertDeps) => Partial<AlertDeps> = () => ({})) {
  const events = await openTestStore();
  const dataDir = await mkdtemp(join(tmpdir(), 'honeyhive-alerts-'));
  const metadata = await openMetadataStore(dataDir);
  const rows = new Database(join(dataDir, 'metadata.db'), { readonly: true });
  let now = start;
  const plain: AlertDeps = {
    events,
    metadata,
    readGate: openGate(),
    leases: createLocalLeases(),
    clock: { ...systemClock, now: () => now },
    metrics: createMetrics('test'),
    logger: pino({ level: 'silent' }),
  };
  const deps = { ...plain, ...change(plain) };
  const apart = new Set<string>();

  /** Evaluates what is due after that many minutes from the start. */
  async function until(minutes: number): Promise<void> {
    now = start + minutes * minuteMs + 15_000;
    const { signal } = new AbortController();
    await evaluateUntil(deps, start + minutes * minuteMs, { signal, apart });
  }

  /** A separate project with alerts of the names `a`, `b` and so on. */
  const open = (...alerts: readonly Partial<AlertIn>[]) =>
    openProject({ events, metadata, rows, now: () => now }, alerts);
  const close = async () => {
    rows.close();
    await metadata.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { events, metadata, apart, until, open, close, now: () => now };
}

interface Stores {
  readonly events: Pick<EventStore, 'insert'>;
  readonly metadata: MetadataStore;
  readonly rows: Database.Database;
  readonly now: () => number;
}

let projectCount = 0;

async function openProject(
  { events, metadata, rows, now }: Stores,
  alerts: readonly Partial<AlertIn>[],
) {
  projectCount += 1;
  const { id: projectId } = await metadata.ensureProject(`project ${projectCount}`, start);
  const put = (id: string, alert: Partial<AlertIn>, ends: 'by hand' | 'now' | null) =>
    metadata.saveAlert(
      { id, projectId, content: JSON.stringify({ name: 'an alert', ...alert }) },
      { now: now(), mostPerProject: 9, ends },
    );
  for (const [index, alert] of alerts.entries())
    await put(String.fromCodePoint(97 + index), alert, null);
  const notices = () =>
    rows
      .prepare('SELECT * FROM alert_notifications WHERE project_id = ? ORDER BY sequence')
      .all(projectId) as { id: string; edge: string; at: number; payload: string }[];
  return {
    projectId,
    place: { projectId, alertId: 'a' },
    save: (changed: Partial<AlertIn>, ends: 'by hand' | 'now' | null = null) =>
      put('a', { ...alerts[0], ...changed }, ends),
    store: (minute: number, some: readonly Partial<StoredEvent>[]) =>
      events.insert(
        some.map((fields, index) => eventOf(projectId, `${minute}-${index}`, { minute, fields })),
      ),
    edges: async (alertId = 'a') =>
      (await metadata.listEdges({ projectId, alertId }, { before: null, limit: 100 }))
        .toReversed()
        .map(({ edge, groupKey, at, value }) => [
          (at - start) / minuteMs,
          fromGroupKey(groupKey),
          edge,
          value,
        ]),
    notices,
    noticed: () => notices().map(({ edge, at }) => [(at - start) / minuteMs, edge]),
    result: async (alertId = 'a') => {
      const runs = await metadata.listRuns(projectId);
      const run = runs.find((one) => one.alertId === alertId);
      return { minute: run?.minute, ...(JSON.parse(run?.result ?? '{}') as object) };
    },
  };
}

/** An event in the middle of the minute that ends so many minutes after the start. */
function eventOf(
  projectId: string,
  eventId: string,
  { minute, fields }: { minute: number; fields: Partial<StoredEvent> },
): StoredEvent {
  const startTime = start + (minute - 0.5) * minuteMs;
  return buildStoredEvent({ projectId, eventId, startTime, updatedAt: startTime + 100, ...fields });
}
