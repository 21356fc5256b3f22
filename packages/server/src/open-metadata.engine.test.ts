import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TooManyProjects } from './projects/project-store.ts';
import type { MetadataStore } from './open-metadata.ts';
import type { ProjectInput } from './projects/project-store.ts';
import { openTestMetadata } from './store/testing/open-test-metadata.ts';

const now = Date.UTC(2026, 0, 2);
let dataDir = '';
let store: MetadataStore;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'honeyhive-metadata-'));
  store = await openTestMetadata(dataDir);
});

afterEach(async () => {
  await store.close();
  await rm(dataDir, { recursive: true, force: true });
});

const input = (name: string, more: Partial<ProjectInput> = {}): ProjectInput => ({
  name,
  description: '',
  type: null,
  metadata: {},
  ...more,
});

async function makeProject(name: string): Promise<string> {
  const project = await store.createProject(input(name), now);
  if (!project) throw new Error(`${name} is taken`);
  return project.id;
}

describe('projects', () => {
  test('are kept as given, characters that databases lose among them', async () => {
    const odd = 'a"b\\c\nd\0e\ud800é😀';
    const metadata: Record<string, unknown> = JSON.parse(
      '{"__proto__":{"x":1},"deep":{"__proto__":2},"nul":"a\\u0000b"}',
    );
    const made = await store.createProject(
      input(odd, { description: odd, type: 'evaluation', metadata }),
      now,
    );

    const found = await store.findProject(odd);

    expect(found).toEqual(made);
    expect(found).toMatchObject({ name: odd, description: odd, type: 'evaluation' });
    expect(JSON.stringify(found?.metadata)).toBe(JSON.stringify(metadata));
    expect(await store.findProject(`${odd.split('\0')[0]}`)).toBeNull();
  });

  test('have separate names', async () => {
    await makeProject('one');

    expect(await store.createProject(input('one'), now)).toBeNull();
    expect(await store.createProject(input('One'), now)).not.toBeNull();
  });

  test('are made once, however many ask', async () => {
    const other = await openTestMetadata(dataDir);
    const asked = Array.from({ length: 40 }, (_, index) =>
      (index % 2 === 0 ? store : other).ensureProject('shared', now),
    );

    const ids = new Set((await Promise.all(asked)).map(({ id }) => id));

    expect(ids.size).toBe(1);
    expect((await store.listProjects({ limit: 10, offset: 0 })).total).toBe(1);
    await other.close();
  });

  test('are found by id before they are found by name', async () => {
    const first = await makeProject('first');
    const second = await makeProject(first);

    expect((await store.findProject(first))?.name).toBe('first');
    expect((await store.findProject(second))?.name).toBe(first);
    expect(await store.findProject('none')).toBeNull();
  });

  test('are listed in the order in which they were made', async () => {
    const ids: string[] = [];
    for (const name of ['c', 'a', 'b']) ids.push(await makeProject(name));
    const [c = '', a = ''] = ids;
    const names = async (query: Partial<Parameters<MetadataStore['listProjects']>[0]>) => {
      const { projects, total } = await store.listProjects({ limit: 10, offset: 0, ...query });
      return [projects.map(({ name }) => name).join(), total];
    };

    expect(await names({})).toEqual(['c,a,b', 3]);
    expect(await names({ limit: 1, offset: 1 })).toEqual(['a', 3]);
    expect(await names({ offset: 3 })).toEqual(['', 3]);
    expect(await names({ ids: [a, c] })).toEqual(['c,a', 2]);
    expect(await names({ ids: [] })).toEqual(['', 0]);
    expect(await names({ name: 'a' })).toEqual(['a', 1]);
    expect(await names({ ids: [c], name: 'a' })).toEqual(['', 0]);
  });

  test.each([
    ['HOP', 'Shop 100%,back\\slash shop'],
    ['100%', 'Shop 100%'],
    ['p_', ''],
    ['\\', 'back\\slash shop'],
    ["'", ''],
  ])('are found by a part of their name: %s', async (search, expected) => {
    for (const name of ['Shop 100%', 'back\\slash shop', 'other']) await makeProject(name);

    const { projects, total } = await store.listProjects({ search, limit: 10, offset: 0 });

    expect(projects.map(({ name }) => name).join()).toBe(expected);
    expect(total).toBe(projects.length);
  });

  test('are no more than there may be', async () => {
    await makeProject('a');
    const bounded = await openTestMetadata(dataDir, { maxProjects: 2 });
    await bounded.ensureProject('b', now);

    await expect(bounded.ensureProject('c', now)).rejects.toThrow(TooManyProjects);
    await expect(bounded.createProject(input('c'), now)).rejects.toThrow('there are 2 projects');
    expect(await bounded.createProject(input('a'), now)).toBeNull();
    expect(await bounded.ensureProject('a', now)).toMatchObject({ name: 'a' });
    await bounded.close();
  });

  test('change only where the change says so', async () => {
    const id = await makeProject('old');
    await makeProject('taken');

    expect(await store.updateProject(id, { description: 'new' }, now + 5)).toMatchObject({
      name: 'old',
      description: 'new',
      createdAt: now,
      updatedAt: now + 5,
    });
    expect(await store.updateProject(id, { name: 'taken' }, now)).toBe('conflict');
    expect(await store.updateProject(id, { name: 'old' }, now)).toMatchObject({ name: 'old' });
    expect(await store.updateProject(id, { name: 'new', type: 'completion' }, now)).toMatchObject({
      name: 'new',
      type: 'completion',
    });
    expect(await store.updateProject('none', { name: 'taken' }, now)).toBeNull();
  });

  test('take what belongs to them along when they go', async () => {
    const id = await makeProject('gone');
    const { key } = await store.createKey({ name: 'k', access: 'full', projectId: id }, now);
    const wide = await store.createKey({ name: 'w', access: 'full', projectId: null }, now);
    await store.changeSettings(id, () => ({ a: 1 }), now);
    await store.holdPatches([{ projectId: id, eventId: 'e', patch: '{}', receivedAt: now }]);

    expect(await store.deleteProject(id)).toBe(true);

    expect(await store.deleteProject(id)).toBe(false);
    expect(await store.findProject('gone')).toBeNull();
    expect(await store.verifyKey(key, now)).toBeNull();
    expect(await store.verifyKey(wide.key, now)).toEqual(wide.record);
    expect(await store.readSettings(id)).toEqual({ settings: {}, updatedAt: null });
    expect((await store.measureHeldPatches()).all.count).toBe(0);
  });
});

describe('keys', () => {
  test('are known by their whole text alone', async () => {
    const { key, record } = await store.createKey(
      { name: 'ci', access: 'ingest', projectId: 'p1' },
      now,
    );

    expect(record).toEqual({
      id: key.slice(3, 15),
      name: 'ci',
      access: 'ingest',
      projectId: 'p1',
      createdAt: now,
      revokedAt: null,
      expiresAt: null,
      createdBy: null,
    });
    expect(await store.verifyKey(key, now)).toEqual(record);
    expect(
      await store.verifyKey(`${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`, now),
    ).toBeNull();
    expect(await store.verifyKey(`hh_${'0'.repeat(12)}_${key.slice(16)}`, now)).toBeNull();
    expect(await store.verifyKey('Bearer nonsense', now)).toBeNull();
  });

  test('are invalid once revoked, in every process immediately', async () => {
    const other = await openTestMetadata(dataDir);
    const { key, record } = await store.createKey(
      { name: 'k', access: 'read', projectId: null },
      now,
    );
    expect(await other.verifyKey(key, now)).toEqual(record);

    expect(await other.revokeKey(record.id, now + 1)).toEqual([record.id]);

    expect(await store.verifyKey(key, now)).toBeNull();
    expect(await store.revokeKey(record.id, now + 2)).toEqual([]);
    expect(await store.revokeKey('none', now)).toEqual([]);
    expect(await store.listKeys()).toEqual([{ ...record, revokedAt: now + 1 }]);
    await other.close();
  });

  test('are good until they expire, and so is who signed in with one', async () => {
    const { key, record } = await store.createKey(
      { name: 'k', access: 'read', projectId: null, expiresAt: now + 10 },
      now,
    );
    await store.addSignIn({
      tokenHash: 't',
      keyId: record.id,
      createdAt: now,
      expiresAt: now + 1000,
    });

    expect(record.expiresAt).toBe(now + 10);
    expect(await store.verifyKey(key, now + 9)).toEqual(record);
    expect((await store.findSignIn('t', now + 9))?.key).toEqual(record);
    expect(await store.verifyKey(key, now + 10)).toBeNull();
    expect(await store.findSignIn('t', now + 10)).toBeNull();
    expect(await store.listKeys()).toEqual([record]);
  });

  test('are not in the folder as text', async () => {
    const { key } = await store.createKey({ name: 'k', access: 'full', projectId: null }, now);
    const secret = key.slice(16);

    const { readFile } = await import('node:fs/promises');
    for (const name of await readdir(dataDir))
      expect((await readFile(join(dataDir, name))).includes(secret)).toBe(false);
  });
});

describe('uses of keys', () => {
  test('the latest of each key is kept, whichever process saves it', async () => {
    const other = await openTestMetadata(dataDir);
    const input = { name: 'k', access: 'read', projectId: null } as const;
    const [one, two] = [await store.createKey(input, now), await store.createKey(input, now)];

    await store.saveKeyUses(new Map([[one.record.id, now + 5]]));
    await other.saveKeyUses(new Map([[one.record.id, now + 3]]));
    await other.saveKeyUses(new Map());

    expect(await store.listKeyUses()).toEqual(new Map([[one.record.id, now + 5]]));
    expect((await other.listKeyUses()).get(two.record.id)).toBeUndefined();
    await other.close();
  });

  test('go with the key, and none comes back', async () => {
    const project = await store.ensureProject('gone', now);
    const { record } = await store.createKey(
      { name: 'k', access: 'read', projectId: project.id },
      now,
    );
    await store.saveKeyUses(new Map([[record.id, now]]));

    await store.deleteProject(project.id);
    await store.saveKeyUses(new Map([[record.id, now + 1]]));

    expect((await store.listKeyUses()).size).toBe(0);
  });
});

describe('settings', () => {
  test('are what the changes made of them', async () => {
    expect(await store.readSettings('p')).toEqual({ settings: {}, updatedAt: null });
    await store.changeSettings('p', (old) => ({ ...old, a: 1, b: { c: 2 } }), now);
    const changed = await store.changeSettings('p', (old) => ({ ...old, a: null }), now + 1);

    expect(changed).toEqual({ settings: { a: null, b: { c: 2 } }, updatedAt: now + 1 });
    expect(await store.readSettings('p')).toEqual(changed);
    expect((await store.readSettings('q')).settings).toEqual({});
  });

  test('keep a key named __proto__ and touch no prototype', async () => {
    const hostile: Record<string, unknown> = JSON.parse('{"__proto__":{"polluted":true}}');

    const { settings } = await store.changeSettings('p', (old) => ({ ...old, ...hostile }), now);

    expect(Object.hasOwn(settings, '__proto__')).toBe(true);
    expect('polluted' in {}).toBe(false);
    expect(JSON.stringify((await store.readSettings('p')).settings)).toBe(JSON.stringify(hostile));
  });

  test('lose no change when two processes change them at once', async () => {
    const other = await openTestMetadata(dataDir);
    const count = (old: Record<string, unknown>) => ({ n: Number(old['n'] ?? 0) + 1 });

    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        (index % 2 === 0 ? store : other).changeSettings('p', count, now),
      ),
    );

    expect((await store.readSettings('p')).settings).toEqual({ n: 60 });
    await other.close();
  });

  test('stay as they were when a change throws', async () => {
    await store.changeSettings('p', () => ({ a: 1 }), now);

    await expect(
      store.changeSettings(
        'p',
        () => {
          throw new Error('no');
        },
        now,
      ),
    ).rejects.toThrow('no');

    expect((await store.readSettings('p')).settings).toEqual({ a: 1 });
  });
});

describe('held patches', () => {
  const hold = (eventId: string, projectId: string | null, patch: string, receivedAt = now) => ({
    eventId,
    projectId,
    patch,
    receivedAt,
  });

  test('come back in the order of arrival: those of the project and those of none', async () => {
    const odd = 'e\0"\ud800';
    await store.holdPatches([hold(odd, 'p', '{"n":1}'), hold('other', 'p', '{}')]);
    await store.holdPatches([hold(odd, null, '{"n":2}'), hold(odd, 'q', '{"n":3}')]);
    await store.holdPatches([hold(odd, 'p', '{"n":4}')]);

    const found = await store.readHeldPatches('p', [odd, 'absent']);

    expect(found.map(({ patch }) => patch)).toEqual(['{"n":1}', '{"n":2}', '{"n":4}']);
    expect(found.every(({ eventId }) => eventId === odd)).toBe(true);
    expect(await store.readHeldPatches('p', [])).toEqual([]);
  });

  test('go when they are dropped or too old', async () => {
    await store.holdPatches([hold('a', 'p', '{}', now), hold('b', 'p', '{}', now + 10)]);
    await store.holdPatches([hold('c', 'p', '{}', now + 20)]);
    const [a] = await store.readHeldPatches('p', ['a']);

    await store.dropHeldPatches([a?.sequence ?? 0]);

    expect((await store.measureHeldPatches()).all.count).toBe(2);
    expect(await store.expireHeldPatches(now + 20)).toBe(1);
    expect((await store.measureHeldPatches()).all.count).toBe(1);
    await store.dropHeldPatches([]);
  });

  test('are held and found by the thousand', async () => {
    const patches = Array.from({ length: 3_000 }, (_, index) => hold(`e${index}`, 'p', '{}'));
    await store.holdPatches(patches);

    const found = await store.readHeldPatches(
      'p',
      patches.map(({ eventId }) => eventId),
    );

    expect(found.map(({ eventId }) => eventId)).toEqual(patches.map(({ eventId }) => eventId));
    await store.dropHeldPatches(found.map(({ sequence }) => sequence));
    expect((await store.measureHeldPatches()).all.count).toBe(0);
  });
});
