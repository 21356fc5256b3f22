import { createOperationCaller } from 'honeyhive-testkit';
import type { OperationCaller } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { openProject } from './own-project.ts';

/** A project whose keys know the ids of others, and the keys that may be used against it or by it. */
export interface Neighbours {
  readonly attacker: string;
  readonly attackers: Readonly<Record<'full' | 'ingest', OperationCaller>>;
  /** Reads what is in the attacker's project. */
  readonly reader: OperationCaller;
  /** Another project, to which the organisation sends by its name. */
  readonly shop: string;
  /** Keys of the organisation. */
  readonly organisation: OperationCaller;
  readonly sender: OperationCaller;
}

/** Make two projects, and keys of every kind. */
export async function openNeighbours(): Promise<Neighbours> {
  const { organisation, url, name: attacker, api: full } = await openProject();
  const withKey = async (access: string, project?: string): Promise<OperationCaller> => {
    const { api_key: key } = await organisation.ok('createKey', {
      body: { name: `${access} key`, access, ...(project === undefined ? {} : { project }) },
    });
    return createOperationCaller({ url, key });
  };
  const shop = `shop ${randomUUID()}`;
  await organisation.ok('createProject', { body: { name: shop } });
  return {
    attacker,
    attackers: { full, ingest: await withKey('ingest', attacker) },
    reader: await withKey('read', attacker),
    shop,
    organisation,
    sender: await withKey('ingest'),
  };
}
