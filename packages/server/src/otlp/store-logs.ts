import type { Issue } from 'honeyhive-wire';
import { changeTooLarge } from '../domain/event-size.ts';
import type { IdScope } from '../domain/id-home.ts';
import { Problem } from '../domain/problem.ts';
import { mapInTurns } from '../map-in-turns.ts';
import type { BatchServices } from '../events/batch.ts';
import { notHeld } from '../held-updates/not-held.ts';
import { lastOutcomes } from '../events/outcome.ts';
import type { Write, WriteOutcome } from '../ingest/write.ts';
import type { Sampler } from '../ingest/sampler.ts';
import type { Call } from '../calls/handler.ts';
import { storeSteps } from './agent-sessions.ts';
import type { Step } from './agent-sessions.ts';
import { isAgentStep, toAgentStep } from './agent-steps.ts';
import { toText } from './attributes.ts';
import { readLogRecord } from './log-record.ts';
import type { LogRecord } from './log-record.ts';
import type { RawItem } from './read-request.ts';
import { isSpanLog, toSpanLog } from './span-logs.ts';
import type { RecordOfSpan } from './span-logs.ts';

export interface LogServices extends BatchServices {
  readonly sampler: Pick<Sampler, 'select' | 'selectUpdate'>;
}

/** A record about a span, and where it stood in the request. */
interface Logged extends RecordOfSpan {
  readonly at: string;
  /** Project that it names. */
  readonly project: string | undefined;
}

interface Sorted {
  readonly logs: readonly Logged[];
  readonly steps: readonly Step[];
}

/** @returns why records were not stored, one for each */
export async function storeLogs(
  call: Call<'exportLogs'>,
  services: LogServices,
  raw: readonly RawItem[],
): Promise<Issue[]> {
  const issues: Issue[] = [];
  const { logs, steps } = await sortRecords(raw, services.clock.now(), issues);
  if (logs.length > 0) issues.push(...(await addToSpans(call, services, logs)));
  if (steps.length > 0) issues.push(...(await storeSteps(call, services, steps)));
  return issues;
}

const others = 'only events with names of gen_ai, claude_code, codex and gemini_cli are stored';

/** What each record is; why the others are not stored is added to `issues`. */
async function sortRecords(raw: readonly RawItem[], now: number, issues: Issue[]): Promise<Sorted> {
  const logs: Logged[] = [];
  const steps: Step[] = [];
  await mapInTurns(raw, ({ raw: value, at, issue, resource, scope }) => {
    const read = issue === null ? readLogRecord(value, at, { resource, scope }) : { issue };
    if ('issue' in read) return issues.push(read.issue);
    const { record } = read;
    if (isAgentStep(record.name)) {
      const step = toAgentStep(record, now);
      if (typeof step !== 'string') return steps.push({ at, ...step });
      return issues.push({ field: at, message: step });
    }
    const log = isSpanLog(record.name) ? toSpanLog(record) : null;
    if (log !== null) return logs.push({ at, ...log, project: projectOf(record) });
    const message = isSpanLog(record.name) ? 'no trace id and span id' : others;
    return issues.push({ field: at, message });
  });
  return { logs, steps };
}

const projectOf = ({ attributes, resource }: LogRecord): string | undefined =>
  toText(attributes['honeyhive.project']) ?? toText(resource['honeyhive.project']);

async function addToSpans(
  call: Call<'exportLogs'>,
  { sampler, committer, clock }: LogServices,
  logs: readonly Logged[],
): Promise<Issue[]> {
  const issues: Issue[] = [];
  const scopes = await findScopes(call, logs);
  const kept: Logged[] = [];
  const lists: (readonly Write[])[] = [];
  for (const each of logs) {
    const { at, eventId, log, project } = each;
    const scope = scopes.get(project);
    if (scope === undefined || scope instanceof Problem) {
      issues.push({ field: at, message: scope?.message ?? 'no project' });
    } else {
      const patch = { merge: {}, log };
      const at = { now: clock.now(), clientTimeNs: null };
      const writes = await sampler.selectUpdate({ kind: 'patch', eventId, scope, patch, ...at });
      if (writes === null) continue;
      kept.push(each);
      lists.push(writes);
    }
  }
  const stored = lists.length === 0 ? [] : await committer.submit(lists.flat(), call.bodyBytes);
  const outcomes = lastOutcomes(lists, stored);
  const refused = kept.flatMap(({ at, eventId }, index) => {
    const message = refusalOf(outcomes[index], eventId);
    return message === null ? [] : [{ field: at, message }];
  });
  return [...issues, ...refused];
}

/** Where the events of the spans are, by the project that a record names. */
async function findScopes({ access }: Call<'exportLogs'>, logs: readonly Logged[]) {
  const scopes = new Map<string | undefined, IdScope | Problem>();
  for (const project of new Set(logs.map((log) => log.project))) {
    try {
      const scope: IdScope =
        project === undefined
          ? await access.forLookup(null)
          : { kind: 'project', projectId: (await access.forWrite(project)).id };
      scopes.set(project, scope);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      scopes.set(project, error);
    }
  }
  return scopes;
}

/** Why a record does not join its event; null if it does, or will once the event arrives. */
function refusalOf(outcome: WriteOutcome | undefined, eventId: string): string | null {
  switch (outcome?.kind) {
    case 'notHeld':
      return notHeld(outcome.limit).message;
    case 'tooLarge':
      return changeTooLarge(eventId).message;
    case 'notFound':
      return 'the event of its span was deleted';
    case 'ambiguous':
      return 'several projects have the event of its span; name one as honeyhive.project';
    default:
      return null;
  }
}
