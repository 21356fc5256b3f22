import { createOperationCaller } from 'honeyhive-testkit';
import type { OperationCaller } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';

/** A project that nobody else uses. */
export interface OwnProject {
  readonly name: string;
  readonly id: string;
  readonly url: string;
  /** Full access, bound to the project. */
  readonly key: string;
  /** Id of that key. */
  readonly keyId: string;
  /** Calls with the project's key. */
  readonly api: OperationCaller;
  /** Calls with the key of the whole organisation. */
  readonly organisation: OperationCaller;
}

/** Make a project and a key that is bound to it, on the service that all conformance tests share. */
export async function openProject(): Promise<OwnProject> {
  const { url, key: organisationKey } = inject('service');
  const organisation = createOperationCaller({ url, key: organisationKey });
  const name = `project ${randomUUID()}`;
  const { id } = await organisation.ok('createProject', { body: { name } });
  const {
    api_key: key,
    key: { id: keyId },
  } = await organisation.ok('createKey', {
    body: { name, access: 'full', project: id },
  });
  return { name, id, url, key, keyId, api: createOperationCaller({ url, key }), organisation };
}
