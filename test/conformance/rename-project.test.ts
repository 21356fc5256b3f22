import type { OperationCaller, OperationInput } from 'honeyhive-testkit';
import type { OperationId } from 'honeyhive-wire';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

type Rename = (project: { id: string; name: string }, change: object) => OperationInput;
const byId: Rename = ({ id }, change) => ({ params: { project_id: id }, body: change });

/** Every way in which the name of a project can be changed; `change` has the new one as `name`. */
const renames: readonly (readonly [string, OperationId, Rename])[] = [
  ['by id', 'updateProjectById', byId],
  [
    'by name in the path',
    'updateProjectById',
    ({ name }, change) => byId({ id: name, name }, change),
  ],
  ['as a record', 'updateProjectRecord', byId],
  [
    'by id in the body',
    'updateProject',
    ({ id }, change) => ({ body: { project_id: id, ...change } }),
  ],
  [
    'by name in the body',
    'updateProject',
    ({ name }, { name: new_name, ...change }: { name?: string }) => ({
      body: { name, ...(new_name === undefined ? {} : { new_name }), ...change },
    }),
  ],
];

const nameOf = async (api: OperationCaller, id: string) =>
  (await api.ok('getProject', { params: { project_id: id } })).name;

test.each(renames)(
  'a key of the project does not rename it %s',
  async (_how, operation, rename) => {
    const { api, organisation, ...project } = await openProject();
    const wanted = `shop ${randomUUID()}`;

    for (const name of [wanted, 'default']) {
      const { errorCode, message } = await api.refused(operation, 403, rename(project, { name }));
      expect([errorCode, message]).toEqual([
        'forbidden',
        expect.stringContaining('renaming a project'),
      ]);
    }
    const event = { event_type: 'tool', event_id: randomUUID(), project: wanted };
    await organisation.ok('createEvent', { body: { event } });

    expect(await nameOf(organisation, project.id)).toBe(project.name);
    await api.refused('getEvent', 404, { params: { event_id: event.event_id } });
  },
);

test.each(renames)('it still describes it %s', async (_how, operation, rename) => {
  const { api, ...project } = await openProject();
  const change = { description: 'ours', type: 'completion' };

  await api.ok(operation, rename(project, change));
  await api.ok(operation, rename(project, { name: project.name, ...change }));

  expect(await api.ok('getProject', { params: { project_id: project.id } })).toMatchObject({
    name: project.name,
    ...change,
  });
});

test.each(renames)('a key of the organisation renames it %s', async (_how, operation, rename) => {
  const { organisation, ...project } = await openProject();
  const name = `renamed ${randomUUID()}`;

  await organisation.ok(operation, rename(project, { name }));

  expect(await nameOf(organisation, project.id)).toBe(name);
});

test('its settings are no way to rename a project', async () => {
  const { api, id, name } = await openProject();

  await api.ok('updateProjectSettings', {
    params: { project_id: id },
    body: { project: 'default', name: 'default' },
  });

  expect(await nameOf(api, id)).toBe(name);
});
