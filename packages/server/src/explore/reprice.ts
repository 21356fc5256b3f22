import { reprice } from '../domain/event-patch.ts';
import type { CostPosition } from '../domain/explore-store.ts';
import { invalid } from '../domain/problem.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import type { Handler } from '../calls/handler.ts';
import type { ExploreServices } from './explore-services.ts';

/** Events of one response: what a group commit takes at once, and a second of work. */
const pageEvents = 500;

export const exploreReprice: Handler<'exploreReprice', ExploreServices> = async (
  call,
  { events, committer, clock, pricing },
) => {
  const { project, since, dry_run: isDryRun = false, cursor } = call.body;
  const { id: projectId } = await call.access.forList(project);
  if (pricing.table === null)
    throw invalid([{ field: 'project', message: 'costs are not computed: HH_PRICE_TABLE is off' }]);
  const after = cursor === undefined ? null : readCursor(cursor);
  const query = { projectId, fromMs: since, after, limit: pageEvents };
  const places = await events.explore.readComputed(query, call.signal);
  const found = await events.readEvents(
    [projectId],
    places.map(({ eventId }) => eventId),
  );
  const pricer = await pricing.of(projectId);
  const pairs = found.map((before) => ({ before, after: reprice(before, pricer) }));
  const changed = pairs.filter((pair) => pair.after !== pair.before);
  if (!isDryRun && changed.length > 0) {
    const at = { scope: { kind: 'project', projectId }, now: clock.now() } as const;
    await committer.submit(
      changed.map(({ before: { eventId } }) => ({ kind: 'reprice', eventId, ...at })),
      call.bodyBytes,
    );
  }
  const last = places.at(-1);
  return {
    checked: found.length,
    changed: changed.length,
    unknown: pairs.filter((pair) => pair.after.costSource === 'unknown').length,
    cost_before: sumOf(changed.map((pair) => pair.before)),
    cost_after: sumOf(changed.map((pair) => pair.after)),
    reached: last ? last.hour * 3_600_000 : null,
    next_cursor: last && places.length === pageEvents ? writeCursor(last) : null,
  };
};

const sumOf = (events: readonly StoredEvent[]): number =>
  events.reduce((sum, { costUsd }) => sum + costUsd, 0);

const writeCursor = ({ hour, sessionId, eventId }: CostPosition): string =>
  Buffer.from(JSON.stringify([hour, sessionId, eventId])).toString('base64url');

/** @throws {Problem} when the text is no cursor */
function readCursor(text: string): CostPosition {
  const [hour, sessionId, eventId] = parseList(Buffer.from(text, 'base64url').toString());
  if (typeof hour !== 'number' || typeof sessionId !== 'string' || typeof eventId !== 'string')
    throw invalid([
      { field: 'cursor', message: 'expected `next_cursor` of the previous response' },
    ]);
  return { hour, sessionId, eventId };
}

function parseList(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
