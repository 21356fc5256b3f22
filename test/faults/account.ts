import type { OperationCaller } from 'honeyhive-testkit';
import type { Ledger } from './ledger.ts';

type Json = Readonly<Record<string, unknown>>;

const pageSize = 1000;

/** Every event of a project, page by page, and how many the service says there are. */
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
  const stored = new Map(events.map((event) => [String(event['event_id']), event]));
  return [
    ...(stored.size === events.length ? [] : [`${events.length} listed, ${stored.size} distinct`]),
    ...(total === events.length ? [] : [`${events.length} events listed, ${total} counted`]),
    ...findMissing(ledger, stored),
    ...findUndone(ledger, stored),
    ...findStrange(ledger, stored),
    ...(await compareSessions(api, project, { ledger, stored })),
  ];
}

function findMissing(ledger: Ledger, stored: ReadonlyMap<string, Json>): string[] {
  const isOwed = (id: string): boolean => !ledger.deletions.has(id);
  const events = [...ledger.acknowledged].filter((id) => isOwed(id) && !stored.has(id));
  const hasKey = (id: string, key: string): boolean => {
    const metadata = stored.get(id)?.['metadata'];
    return typeof metadata === 'object' && metadata !== null && key in metadata;
  };
  const updates = [...ledger.updates].flatMap(([id, keys]) =>
    [...keys].filter((key) => !hasKey(id, key)).map((key) => `${key} of event ${id}`),
  );
  return [
    ...events.map((id) => `acknowledged event ${id} is missing`),
    ...updates.map((what) => `acknowledged update ${what} is missing`),
  ];
}

/** Updates that an older one took the place of, and deletions that were taken back. */
function findUndone(ledger: Ledger, stored: ReadonlyMap<string, Json>): string[] {
  const turns = [...ledger.turns].flatMap(([id, { sent, acknowledged }]) => {
    const metadata = stored.get(id)?.['metadata'] as Json | undefined;
    if (metadata === undefined) return [];
    const turn = Number(metadata['turn'] ?? 0);
    if (turn >= acknowledged && turn <= sent) return [];
    return [`event ${id} is at update ${turn}; ${acknowledged} was acknowledged, ${sent} sent`];
  });
  const deletions = [...ledger.deletions]
    .filter(([id, isAcknowledged]) => isAcknowledged && stored.has(id))
    .map(([id]) => `event ${id} is there, though its deletion was acknowledged`);
  return [...turns, ...deletions];
}

function findStrange(ledger: Ledger, stored: ReadonlyMap<string, Json>): string[] {
  const roots = new Set([...ledger.sent.values()].map(({ session_id }) => session_id));
  return [...stored.keys()]
    .filter((id) => !ledger.sent.has(id) && !roots.has(id))
    .map((id) => `event ${id} was never sent`);
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
