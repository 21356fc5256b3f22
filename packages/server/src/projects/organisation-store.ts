import { describeRecord, plain } from '../domain/record.ts';

export const organisationRecord = describeRecord({ id: plain });

/** The organisation that the installation belongs to. */
export interface OrganisationStore {
  readonly organisationId: string;
}
