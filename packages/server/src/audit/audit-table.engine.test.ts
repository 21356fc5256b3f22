import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AuditAction } from './audit-store.ts';
import type { MetadataStore } from '../open-metadata.ts';
import { openTestMetadata } from '../store/testing/open-test-metadata.ts';

const now = Date.UTC(2026, 0, 2);
let dataDir = '';
let store: MetadataStore;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'honeyhive-audit-'));
  store = await openTestMetadata(dataDir);
});

afterEach(async () => {
  await store.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe('the audit log', () => {
  const entry = (action: AuditAction, at: number, outcome = 'ok') => ({
    at,
    action,
    outcome,
    actor: 'cli',
    actorName: 'odd \0 \ud800 name',
    projectId: null,
    target: 't',
    address: null,
    requestId: null,
  });

  test('keeps what was done, newest first, by pages', async () => {
    await store.addAudit([entry('key.create', now), entry('key.revoke', now + 1)]);
    await store.addAudit([entry('sign_out', now + 2)]);

    const first = await store.listAudit({ before: null, limit: 2 });
    const rest = await store.listAudit({ before: first[1]?.sequence ?? 0, limit: 2 });

    expect(first.map(({ action }) => action)).toEqual(['sign_out', 'key.revoke']);
    expect(rest).toEqual([{ ...entry('key.create', now), sequence: 1 }]);
  });

  test('drops what is too old, and the oldest of too many of the frequent kind alone', async () => {
    const day = 86_400_000;
    await store.addAudit([entry('key.create', now - 500 * day)]);
    await store.addAudit([entry('key.create', now)]);
    const failures = Array.from({ length: 10_000 }, () => entry('sign_in', now, 'unauthenticated'));
    for (let round = 0; round < 6; round += 1) await store.addAudit(failures);

    const kept = await store.listAudit({ before: null, limit: 100_000 });

    expect(kept).toHaveLength(50_001);
    expect(kept.at(-1)).toMatchObject({ action: 'key.create', at: now });
  });
});

test('a key has so many sign-ins and no more: the oldest end', async () => {
  const { record } = await store.createKey({ name: 'k', access: 'full', projectId: null }, now);
  for (let at = 0; at < 103; at += 1)
    await store.addSignIn({
      tokenHash: `hash ${at}`,
      keyId: record.id,
      createdAt: now + at,
      expiresAt: now + 1_000_000,
    });

  expect(await store.findSignIn('hash 2', now)).toBeNull();
  expect(await store.findSignIn('hash 3', now)).not.toBeNull();
  expect(await store.findSignIn('hash 102', now)).not.toBeNull();
});
