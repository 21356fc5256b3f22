import type { HoneyHiveClientProtocol } from 'honeyhive';

/** The names that stand for a method in the type of a client. */
type Method = Exclude<
  {
    [Name in keyof HoneyHiveClientProtocol]: HoneyHiveClientProtocol[Name] extends (
      ...parameters: never[]
    ) => unknown
      ? Name
      : never;
  }[keyof HoneyHiveClientProtocol],
  symbol
>;

/** Calls each method of a client once, for real. Runs wherever a client runs; imports nothing. */
export async function callEveryMethod(
  client: HoneyHiveClientProtocol,
  mark: string,
): Promise<Record<Method, unknown>> {
  const health = await client.getHealth();
  const { session_id } = await client.createSession({ session_name: mark });
  const step = { session_id, event_type: 'tool', event_name: mark } as const;
  const event = await client.createEvent({ ...step, inputs: { text: 'Grüße 🐝' } });
  const batch = await client.createEventsBatch([step, step]);
  const project = await client.createProject({ name: mark });
  const logged = client.logSession({ session_name: 'logged' });
  const receipt = client.logEvent({ ...step, session_id: logged.session_id });
  const report = await client.flush();
  const names: string[] = [];
  for await (const each of client.listEvents({ session_id, event_type: 'tool', limit: 2 })) {
    names.push(each.event_name);
  }
  return {
    getHealth: health.status,
    getHealthAsync: (await client.getHealthAsync()).reachable,
    createSession: session_id.length > 0,
    createEvent: event.event_name,
    createEventsBatch: batch.created_count,
    updateEvent: (await client.updateEvent({ event_id: event.event_id, metrics: { score: 1 } }))
      .success,
    getEvent: (await client.getEvent(event.event_id)).inputs,
    listEvents: names,
    getSession: (await client.getSession(session_id)).event_count,
    listSessions: (await client.listSessions({ session_name: mark })).total,
    createProject: project.name,
    getProject: (await client.getProject(mark)).id === project.id,
    listProjects: (await client.listProjects({ limit: 1 })).projects.length,
    updateConfiguration: (
      await client.updateConfiguration({ project: mark, configuration: { retention_days: 30 } })
    ).retention_days,
    getConfiguration: (await client.getConfiguration(mark)).sampling_rate,
    logSession: await logged.done,
    logEvent: (await client.getEvent(receipt.event_id)).event_name,
    flush: report.stored,
    stats: client.stats().pending,
    request: (await client.request('GET', '/health')).status,
    close: await client.close(),
  };
}

/** What {@link callEveryMethod} should have seen. */
export const everyAnswer = (mark: string): Record<Method, unknown> => ({
  getHealth: 'ok',
  getHealthAsync: true,
  createSession: true,
  createEvent: mark,
  createEventsBatch: 2,
  updateEvent: true,
  getEvent: { text: 'Grüße 🐝' },
  listEvents: [mark, mark, mark],
  getSession: 3,
  listSessions: 1,
  createProject: mark,
  getProject: true,
  listProjects: 1,
  updateConfiguration: 30,
  getConfiguration: 1,
  logSession: { status: 'stored' },
  logEvent: mark,
  flush: 2,
  stats: 0,
  request: 200,
  close: undefined,
});
