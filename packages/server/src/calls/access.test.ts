import { expect, test } from 'vitest';
import type { KeyAccess } from '../keys/key-store.ts';
import type { Project, ProjectStore } from '../projects/project-store.ts';
import { buildKey } from '../store/testing/build-key.ts';
import { createAccess } from './access.ts';

const project = (id: string, name: string): Project => ({
  id,
  name,
  description: '',
  type: null,
  metadata: {},
  createdAt: 0,
  updatedAt: 0,
});

/** The projects of an organisation, kept in a list. */
function openProjects(projects: Project[]): ProjectStore {
  const unused = () => Promise.reject(new Error('access does not do this'));
  return {
    createProject: unused,
    updateProject: unused,
    deleteProject: unused,
    async ensureProject(name, now) {
      const known = projects.find((each) => each.name === name);
      if (known) return known;
      const made = { ...project(`id of ${name}`, name), createdAt: now };
      projects.push(made);
      return made;
    },
    findProject: async (text) =>
      projects.find(({ id }) => id === text) ?? projects.find(({ name }) => name === text) ?? null,
    listProjects: async () => ({ projects: [...projects], total: projects.length }),
  };
}

interface Options {
  readonly projectId?: string | null;
  readonly createsProjects?: boolean;
}

/** The access of a key in an organisation with the projects `default` (d) and `shop` (s). */
function setUp({ projectId = null, createsProjects = true }: Options = {}) {
  const projects = [project('d', 'default'), project('s', 'shop')];
  const made: string[] = [];
  const access = createAccess(buildKey({ projectId }), 'read', {
    metadata: openProjects(projects),
    now: () => 5,
    createsProjects,
    onProjectMade: async ({ name }) => void made.push(name),
  });
  return { access, projects, made };
}

test.each<[KeyAccess, string[]]>([
  ['full', ['public', 'read', 'ingest', 'write']],
  ['read', ['public', 'read']],
  ['ingest', ['public', 'ingest']],
])('a key with %s access passes %j', (access, expected) => {
  const metadata = openProjects([]);
  const passes = (['public', 'read', 'ingest', 'write'] as const).filter((rule) => {
    try {
      createAccess(buildKey({ access }), rule, { metadata, now: () => 0, createsProjects: true });
      return true;
    } catch (error) {
      expect(error).toMatchObject({ code: 'forbidden' });
      return false;
    }
  });

  expect(passes).toEqual(expected);
});

test('a key of a project writes to it, lists it and looks in it, whatever is named', async () => {
  const { access, made } = setUp({ projectId: 's' });

  for (const named of [undefined, null, '', 'default', 'new', 's']) {
    expect(await access.forWrite(named)).toMatchObject({ id: 's' });
    expect(await access.forList(named)).toMatchObject({ id: 's' });
    expect(await access.forLookup(named)).toEqual({ kind: 'project', projectId: 's' });
  }
  expect(access.visibleIds).toEqual(['s']);
  expect(made).toEqual([]);
});

test('a key of a project sees no other one, by id or by name', async () => {
  const { access } = setUp({ projectId: 's' });

  await expect(access.project('d')).rejects.toMatchObject({ code: 'not_found' });
  await expect(access.project('default')).rejects.toMatchObject({ code: 'not_found' });
  expect(await access.project('shop')).toMatchObject({ id: 's' });
});

test('a key whose project was deleted is rejected', async () => {
  const { access } = setUp({ projectId: 'gone' });

  await expect(access.forWrite(undefined)).rejects.toMatchObject({ code: 'unauthenticated' });
  await expect(access.forLookup(undefined)).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('a key of the organisation writes to the default project, or to the one named, which it makes', async () => {
  const { access, made, projects } = setUp();

  expect(await access.forWrite(undefined)).toMatchObject({ id: 'd' });
  expect(await access.forWrite('shop')).toMatchObject({ id: 's' });
  expect(await access.forWrite('new')).toMatchObject({ name: 'new', createdAt: 5 });
  expect(await access.forWrite('new')).toMatchObject({ name: 'new' });
  expect(made).toEqual(['new']);
  expect(projects).toHaveLength(3);
});

test('it makes none where that is turned off', async () => {
  const { access, projects } = setUp({ createsProjects: false });

  await expect(access.forWrite('new')).rejects.toMatchObject({
    code: 'invalid_request',
    issues: [{ field: 'project', message: expect.stringContaining('HH_CREATE_PROJECTS=never') }],
  });
  expect(projects).toHaveLength(2);
});

test.each([' ', 'x'.repeat(1_000), '.', '..', '%2e'])(
  'the name %j is refused before a project is made under it',
  async (name) => {
    const { access, projects } = setUp();

    await expect(access.forWrite(name)).rejects.toMatchObject({ issues: [{ field: 'project' }] });
    expect(projects).toHaveLength(2);
  },
);

test('a list of an unknown project is rejected, and creates none', async () => {
  const { access, projects } = setUp();

  expect(await access.forList(undefined)).toMatchObject({ id: 'd' });
  await expect(access.forList('new')).rejects.toMatchObject({ code: 'not_found' });
  expect(projects).toHaveLength(2);
});

test('a key of the organisation looks for an id in all projects, or in the one named', async () => {
  const { access } = setUp();

  expect(await access.forLookup('shop')).toEqual({ kind: 'project', projectId: 's' });
  expect(await access.forLookup(undefined)).toEqual({
    kind: 'organisation',
    projectIds: ['d', 's'],
    defaultId: 'd',
  });
  expect(access.visibleIds).toBeUndefined();
});

test('names are known of the projects that the request has met', async () => {
  const { access } = setUp();
  await access.project('s');

  expect(access.projectName('s')).toBe('shop');
  expect(access.projectName('d')).toBe('d');
});

test('what is of the whole organisation is not for a key of a project', () => {
  expect(() => setUp({ projectId: 's' }).access.requireOrganisation('making keys')).toThrow(
    expect.objectContaining({
      code: 'forbidden',
      message: expect.stringContaining('making keys needs an organisation key'),
    }),
  );
  expect(setUp().access.requireOrganisation('making keys')).toBeUndefined();
});
