import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import type { MetadataStore } from '../open-metadata.ts';
import { openMetadataStore } from '../open-metadata.ts';
import { createSignIns, signInMs } from './sign-ins.ts';

let dataDir = '';
let metadata: MetadataStore;
let now = Date.UTC(2026, 0, 2);
const clock = { ...systemClock, now: () => now };

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'honeyhive-sign-ins-'));
  metadata = await openMetadataStore(dataDir);
});

afterEach(async () => {
  await metadata.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function signIn() {
  const signIns = createSignIns(metadata, clock, '/');
  const { record } = await metadata.createKey(
    { name: 'laptop', access: 'full', projectId: null },
    now,
  );
  return { signIns, ...(await signIns.start(record)) };
}

test('a sign-in ends when it expires', async () => {
  const { signIns, token } = await signIn();

  now += signInMs - 1;
  const before = await signIns.find(token);
  now += 1;
  const after = await signIns.find(token);

  expect(before?.key.name).toBe('laptop');
  expect(after).toBeNull();
});

test('behind TLS the cookie has the prefix that its path allows', async () => {
  const atRoot = createSignIns(metadata, clock, '/');
  const below = createSignIns(metadata, clock, '/x');

  expect(atRoot.cookieNameOf(false)).toMatch(/^honeyhive_/);
  expect(atRoot.cookieNameOf(true)).toMatch(/^__Host-honeyhive_/);
  expect(below.cookieNameOf(true)).toMatch(/^__Secure-honeyhive_/);
});

test('what is stored does not hold the token, nor the one against forged requests', async () => {
  const { signIns, token, signedIn } = await signIn();
  const files = ['metadata.db', 'metadata.db-wal'];

  const stored = await Promise.all(files.map((name) => readFile(join(dataDir, name), 'latin1')));

  const text = stored.join('');
  expect(text).toContain(signedIn.signIn.tokenHash);
  expect(text).not.toContain(token);
  expect(text).not.toContain(signIns.csrfTokenOf(token));
});
