import { HoneyHive } from 'honeyhive-official';
import { randomUUID } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import { openVendorClients } from './vendor-client.ts';

const { project, clients } = await openVendorClients();
const [[, organisation], [, bound]] = clients;

test("the vendor's client creates, changes, finds and deletes a project", async () => {
  const name = `vendor ${randomUUID()}`;

  const created = await organisation.projects.createProject({
    name,
    description: 'made by the vendor',
  });
  await organisation.projects.updateProject({
    projectId: created.id ?? '',
    name: `${name} renamed`,
    description: 'changed',
  });
  const found = await organisation.projects.getProjects(`${name} renamed`);
  await organisation.projects.deleteProject(`${name} renamed`);
  const gone = await organisation.projects.getProjects(`${name} renamed`);

  expect(created).toMatchObject({ name, description: 'made by the vendor' });
  expect(found).toEqual([{ id: created.id, name: `${name} renamed`, description: 'changed' }]);
  expect(gone).toEqual([]);
});

test("the vendor's client lists all projects of the organisation, or the one of its key", async () => {
  const all = await organisation.projects.getProjects();
  const own = await bound.projects.getProjects();

  expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(['default', project.name]));
  expect(own).toEqual([{ id: project.id, name: project.name, description: '' }]);
});

test("the vendor's client reports that its key is wrong, or may not do this", async () => {
  const stranger = new HoneyHive({ bearerAuth: 'wrong', serverURL: inject('service').url });

  await expect(stranger.projects.getProjects()).rejects.toMatchObject({ statusCode: 401 });
  await expect(
    bound.projects.createProject({ name: `never ${randomUUID()}` }),
  ).rejects.toMatchObject({
    statusCode: 403,
  });
});
