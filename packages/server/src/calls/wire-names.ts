import type { OrganisationStore } from '../projects/organisation-store.ts';
import type { WireNames } from '../domain/wire-event.ts';
import type { Access } from './access.ts';

export interface NameServices {
  readonly metadata: OrganisationStore;
}

/** Names for events that this request may see. */
export const namesOf = (
  { access }: { readonly access: Pick<Access, 'projectName'> },
  { metadata }: NameServices,
): WireNames => ({
  organisationId: metadata.organisationId,
  projectName: (projectId) => access.projectName(projectId),
});
