import { HoneyHive } from 'honeyhive';
import { HoneyHive as FetchHoneyHive } from 'honeyhive/fetch';
import { inject } from 'vitest';
import { openProject } from '../own-project.ts';

/** Our client against our service, with both kinds of key and over `fetch`, for its own project. */
export async function openClients() {
  const { url: baseUrl, key } = inject('service');
  const project = await openProject();
  return {
    project,
    organisationKey: key,
    clients: [
      [
        'a key of the organisation',
        new HoneyHive({ apiKey: key, baseUrl, project: project.name, source: 'test' }),
      ],
      ['a key of the project', new HoneyHive({ apiKey: project.key, baseUrl, source: 'test' })],
      ['fetch', new FetchHoneyHive({ apiKey: project.key, baseUrl, source: 'test' })],
    ] as const,
  };
}
