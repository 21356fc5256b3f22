import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createSecretBox } from '../store/secret-box.ts';
import { openTestMetadata } from '../store/testing/open-test-metadata.ts';
import { toOwnAlert } from './own-alert.ts';
import { sealStoredDetails } from './seal-stored-details.ts';
import { findHiddenIssues, openDetails, sealDetails, toShownDetails } from './sealed-details.ts';

const box = createSecretBox('k'.repeat(43));
const place = { projectId: 'p', alertId: 'a' };
const slack = {
  channel: 'SLACK' as const,
  metadata: { url: 'https://hooks.example.com/T0/secret', note: 'of ops', retries: 2 },
  user_ids: ['u'],
};
const mail = { channel: 'EMAIL' as const, metadata: { to: 'a@example.org' } };

const dataDir = await mkdtemp(join(tmpdir(), 'honeyhive-sealed-'));
const metadata = await openTestMetadata(dataDir);
afterAll(async () => {
  await metadata.close();
  await rm(dataDir, { recursive: true, force: true });
});

test('what a channel needs is encrypted, except addresses of e-mail', () => {
  const details = { critical: slack, resolved: mail, warning: { channel: 'WEBHOOK' as const } };

  const sealed = sealDetails(details, { box, place, before: undefined });

  expect(JSON.stringify(sealed)).not.toContain('secret"');
  expect(sealed.resolved).toEqual(mail);
  expect(sealed.warning).toEqual({ channel: 'WEBHOOK' });
  expect(toShownDetails(sealed).critical).toEqual({
    ...slack,
    metadata: { url: 'https://hooks.example.com/…', note: '…', retries: 2 },
  });
  expect(openDetails(sealed.critical ?? {}, box, place)).toEqual(slack);
});

test('it opens for its alert only, with the same key', () => {
  const { critical = {} } = sealDetails({ critical: slack }, { box, place, before: undefined });

  expect(openDetails(critical, box, { ...place, alertId: 'b' })).toBeNull();
  expect(openDetails(critical, createSecretBox('o'.repeat(43)), place)).toBeNull();
});

test('metadata that is sent back as it was shown stays, and is refused elsewhere', () => {
  const before = sealDetails({ critical: slack }, { box, place, before: undefined });
  const shown = toShownDetails(before) as typeof before;

  const again = sealDetails(shown, { box, place, before });

  expect(again).toEqual(before);
  expect(findHiddenIssues(shown, before)).toEqual([]);
  expect(findHiddenIssues(shown, undefined)).toMatchObject([
    { field: 'notification_details.critical.metadata' },
  ]);
  expect(findHiddenIssues({ critical: slack }, before)).toEqual([]);
});

test('a sealed text that a caller makes up is dropped', () => {
  const { warning } = sealDetails(
    { warning: { ...mail, sealed_metadata: 'x' } },
    { box, place, before: undefined },
  );

  expect(warning).toEqual(mail);
});

test('what an earlier version stored in clear is encrypted, and the alert stays as it is', async () => {
  const { id: projectId } = await metadata.ensureProject('old', 1);
  const content = JSON.stringify({ name: 'old', notification_details: { critical: slack } });
  const options = { now: 1, mostPerProject: 9, ends: null };
  await metadata.saveAlert({ id: 'a', projectId, content }, options);
  const plain = JSON.stringify({ name: 'plain', notification_details: { critical: mail } });
  await metadata.saveAlert({ id: 'b', projectId, content: plain }, options);

  await sealStoredDetails(metadata, box);
  const [first, second] = await metadata.listAlerts(projectId);
  await sealStoredDetails(metadata, box);

  expect(await metadata.listAlerts(projectId)).toEqual([first, second]);
  expect(second?.content).toBe(plain);
  expect(first).toMatchObject({ updatedAt: 1, createdAt: 1 });
  expect(first?.content).not.toContain('T0/secret');
  const { input } = toOwnAlert(first ?? { id: '', projectId, content, createdAt: 1, updatedAt: 1 });
  const details = input.notification_details?.critical ?? {};
  expect(openDetails(details, box, { projectId, alertId: 'a' })).toEqual(slack);
});
