import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MetadataStore } from '../open-metadata.ts';
import { rememberProjects } from './recent-projects.ts';
import { openTestMetadata } from '../store/testing/open-test-metadata.ts';

const now = Date.UTC(2026, 0, 2);
let dataDir = '';
let elapsedMs = 0;
let behind: MetadataStore;
let store: MetadataStore;
let projectId = '';

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'honeyhive-projects-'));
  behind = await openTestMetadata(dataDir);
  store = rememberProjects(behind, { monotonicMs: () => elapsedMs });
  projectId = (await behind.ensureProject('shop', now)).id;
});

afterEach(async () => {
  await behind.close();
  await rm(dataDir, { recursive: true, force: true });
});

test('what another process changed counts after a second', async () => {
  expect(await store.findProject('shop')).toMatchObject({ id: projectId });
  await behind.deleteProject(projectId);

  elapsedMs += 999;
  expect(await store.findProject('shop')).toMatchObject({ id: projectId });
  elapsedMs += 2;
  expect(await store.findProject('shop')).toBeNull();
});

test('what this one changed counts at once, by name and by id', async () => {
  await store.findProject('shop');
  await store.findProject(projectId);

  await store.updateProject(projectId, { name: 'store' }, now + 1);
  expect(await store.findProject('shop')).toBeNull();
  expect(await store.findProject(projectId)).toMatchObject({ name: 'store' });
  await store.deleteProject(projectId);

  expect(await store.findProject(projectId)).toBeNull();
});

test('a change while a project is read is not lost', async () => {
  const reading = store.findProject('shop');
  await Promise.all([reading, store.deleteProject(projectId)]);

  expect(await store.findProject('shop')).toBeNull();
});

test('a project that did not exist is found and listed as soon as it is made', async () => {
  const all = { limit: 10, offset: 0 };
  expect(await store.findProject('new')).toBeNull();
  expect(await store.listProjects(all)).toMatchObject({ projects: [{ name: 'shop' }] });

  const made = await store.ensureProject('new', now);

  expect(await store.findProject('new')).toEqual(made);
  expect(await store.listProjects(all)).toMatchObject({
    projects: [{ name: 'shop' }, { name: 'new' }],
  });
});

test('a list has the requested scope, even if another one is cached', async () => {
  const other = await store.ensureProject('other', now);
  await store.listProjects({ limit: 10, offset: 0 });

  const visible = await store.listProjects({ limit: 10, offset: 0, ids: [other.id] });

  expect(visible.projects).toEqual([other]);
});
