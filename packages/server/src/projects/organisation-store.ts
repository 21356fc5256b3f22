/** The organisation that the installation belongs to. */
export interface OrganisationStore {
  readonly organisationId: string;
}
