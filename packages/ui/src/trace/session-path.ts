/** Where the service answers for a session, from the base path on. */
export const sessionPath = (id: string): string => `/v1/explore/sessions/${encodeURIComponent(id)}`;

/** Under what the events of a session are kept. */
export const sessionKey = (project: string, id: string) => ['skeleton', project, id] as const;

/** For so long they are shown again without being asked for. */
export const sessionStaleMs = 60_000;
