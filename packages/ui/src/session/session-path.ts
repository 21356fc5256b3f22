/** Where the service answers for a session, from the base path on. */
export const sessionPath = (id: string): string => `/v1/explore/sessions/${encodeURIComponent(id)}`;
