import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { messageOf } from '../failure.ts';
import { formatDuration } from '../output/figures.ts';
import type { Finding } from './finding.ts';

/** One event as the store keeps it; only that it comes back matters. */
const probe = {
  projectId: 'doctor',
  sessionId: 'doctor',
  eventId: 'probe',
  version: 1,
  isDeleted: false,
  eventType: 'tool',
  eventName: 'probe',
  parentId: 'doctor',
  childrenIds: [],
  source: 'doctor',
  error: null,
  startTime: 1_700_000_000_000,
  endTime: 1_700_000_000_001,
  durationMs: 1,
  hasEnded: false,
  createdAt: 1_700_000_000_000,
  updatedAt: 1_700_000_000_000,
  config: '{}',
  inputs: '{"text":"ça va, 你好"}',
  outputs: '{}',
  metadata: '{}',
  metrics: '{}',
  feedback: '{}',
  user_properties: '{}',
  isByOrganisation: true,
  apiKeyId: '',
  origin: '',
  promptTokens: 0,
  completionTokens: 0,
  totalTokens: 0,
  costUsd: 0,
  costSource: '',
  repeatedUse: 0,
  sampleRate: 1,
  isPartial: false,
  isEmptied: false,
  inputPreview: '',
  outputPreview: '',
  model: '',
  user: '',
  feedbackKind: '',
} as const;

async function tryStore(dataDir: string): Promise<Finding[]> {
  const { openEventStore } = await import('honeyhive-server');
  const startedAt = performance.now();
  const store = await openEventStore({ dataDir });
  try {
    const openedMs = performance.now() - startedAt;
    const version = await store.engineVersion();
    await store.insert([probe]);
    const [event] = await store.readEvents([probe.projectId], [probe.eventId]);
    const isBack = event?.inputs === probe.inputs;
    return [
      {
        check: 'engine',
        state: 'ok',
        text: `ClickHouse ${version}, opened in ${formatDuration(openedMs)}`,
      },
      {
        check: 'write and read',
        state: isBack ? 'ok' : 'failed',
        text: isBack
          ? 'an event came back from a store on a temporary folder'
          : 'an event did not come back from a store on a temporary folder',
        ...(isBack ? {} : { nextStep: 'Report it with this output.' }),
      },
    ];
  } finally {
    await store.close();
  }
}

/** Opens the event store on a temporary folder: which engine it has, and whether an event that it stores comes back. */
export async function checkEngine(): Promise<Finding[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'honeyhive-doctor-'));
  try {
    return await tryStore(dataDir);
  } catch (error) {
    const nextStep = 'Run `npm ci` again; if it stays, report it with this output.';
    return [{ check: 'engine', state: 'failed', text: messageOf(error), nextStep }];
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
