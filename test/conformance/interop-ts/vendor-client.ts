import { HoneyHive } from 'honeyhive-official';
import { inject } from 'vitest';
import { openProject } from '../own-project.ts';

/** The vendor's own client against our service, with both kinds of key, for its own project. */
export async function openVendorClients() {
  const { url: serverURL, key } = inject('service');
  const project = await openProject();
  return {
    project,
    clients: [
      ['a key of the organisation', new HoneyHive({ bearerAuth: key, serverURL })],
      ['a key of the project', new HoneyHive({ bearerAuth: project.key, serverURL })],
    ] as const,
  };
}
