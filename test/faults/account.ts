import type { OperationCaller } from 'honeyhive-testkit';
import type { Ledger } from './ledger.ts';

type Json = Readonly<Record<string, unknown>>;

const pageSize = 1000;

/** Every event of a project but the roots, page by page, and how many the service says there are. */
async function readAll(api: OperationCaller, project: string) {
  const events: Json[] = [];
  for (let page = 1; ; page += 1) {
    const body = { project, limit: pageSize, page };
    const answer = await api.ok('exportEvents', { body });
    events.push(...answer.events);
    if (answer.events.length < pageSize) return { events, total: answer.totalEvents };
  }
}

/**
 * What the service owes and does not have, or has and should not, as sentences; empty when the account is even:
 * every acknowledged event and update is there, nothing is there twice, and lists and sessions agree.
 */
export async function findDifferences(
  api: OperationCaller,
  project: string,
  ledger: Ledger,
): Promise<string[]> {
  const { events, total } = await readAll(api, project);
  const differences: string[] = [];
  const stored = new Map<string, Json>();
  for (const event of events) {
    const id = String(event['event_id']);
    if (stored.has(id)) differences.push(`event ${id} is listed twice`);
    stored.set(id, event);
  }
  if (total !== events.length) differences.push(`${events.length} events listed, ${total} counted`);
  for (const id of ledger.acknowledged) {
    if (!stored.has(id)) differences.push(`acknowledged event ${id} is missing`);
  }
  for (const [id, keys] of ledger.updates) {
    const metadata: unknown = stored.get(id)?.['metadata'];
    for (const key of keys) {
      const isThere = typeof metadata === 'object' && metadata !== null && key in metadata;
      if (!isThere) differences.push(`acknowledged update ${key} of event ${id} is missing`);
    }
  }
  const roots = new Set([...ledger.sent.values()].map(({ session_id }) => session_id));
  for (const id of stored.keys()) {
    if (!ledger.sent.has(id) && !roots.has(id)) differences.push(`event ${id} was never sent`);
  }
  return [...differences, ...(await compareSessions(api, project, { ledger, stored }))];
}

async function compareSessions(
  api: OperationCaller,
  project: string,
  { ledger, stored }: { ledger: Ledger; stored: ReadonlyMap<string, Json> },
): Promise<string[]> {
  const differences: string[] = [];
  const bySession = new Map<string, string[]>();
  for (const { session_id, event_id } of ledger.sent.values()) {
    bySession.set(session_id, [...(bySession.get(session_id) ?? []), event_id]);
  }
  for (const [session_id, sent] of bySession) {
    const expected = sent.filter((id) => stored.has(id));
    if (expected.length === 0) continue;
    const query = { params: { session_id }, query: { project } };
    const tree = await api.ok('getSessionTree', query);
    const found = tree.children.map((child) => String(child['event_id']));
    if (found.length !== new Set(found).size) differences.push(`session ${session_id} has doubles`);
    if (found.toSorted().join() !== expected.toSorted().join()) {
      differences.push(
        `session ${session_id}: ${found.length} events, the list has ${expected.length}`,
      );
    }
    if (tree.event_count !== found.length) {
      differences.push(`session ${session_id}: event_count ${tree.event_count} of ${found.length}`);
    }
  }
  return differences;
}
