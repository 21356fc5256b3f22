import type { Backtest, BacktestIn } from 'honeyhive-wire';
import { testGroup } from './backtest.ts';
import type { TestedGroup } from './backtest.ts';
import { toEventSubject, toSessionSubject } from './judge-single.ts';
import { planBacktest } from './plan-backtest.ts';
import { isWindowedRule } from './plan-jobs.ts';
import type { WindowedRule } from './plan-jobs.ts';
import { readRule } from './read-rule.ts';
import type { Handler } from '../calls/handler.ts';
import type { Clock } from '../clock.ts';
import type { AlertReads, WindowPart, WindowQuery } from '../domain/alert-reads.ts';
import type { AlertRule } from '../domain/alert-rule.ts';
import type { TimeSpan } from '../domain/alert-window.ts';
import { invalid } from '../domain/problem.ts';
import { runInTurns } from '../map-in-turns.ts';

export interface BacktestServices {
  readonly events: { readonly alerts: AlertReads };
  readonly clock: Pick<Clock, 'now'>;
}

const dayMs = 86_400_000;
const usualDays = 30;
const mostDays = 31;
/** Groups that are answered. */
const mostGroups = 50;
/** Events or sessions that are answered. */
const mostEvents = 1_000;

export const backtestAlert: Handler<'backtestAlert', BacktestServices> = async (
  { access, params, body, signal },
  { events, clock },
) => {
  const project = await access.project(params.project_id);
  const { from, to, name = 'back-test', ...content } = body;
  const span = toSpan({ from, to }, clock.now());
  const rule = readRule({ ...content, name });
  if ('issues' in rule) throw invalid(rule.issues);
  const asked = { projectId: project.id, span, reads: events.alerts, signal };
  return { success: true, data: await test(rule, asked) };
};

interface Asked {
  readonly projectId: string;
  readonly span: TimeSpan;
  readonly reads: AlertReads;
  readonly signal: AbortSignal;
}

function toSpan({ from, to }: Pick<BacktestIn, 'from' | 'to'>, now: number): TimeSpan {
  const beforeMs = to ?? now;
  const fromMs = from ?? Math.max(0, beforeMs - usualDays * dayMs);
  if (fromMs > beforeMs)
    throw invalid([{ field: 'to', message: 'expected an instant after `from`' }]);
  if (beforeMs - fromMs > mostDays * dayMs)
    throw invalid([{ field: 'from', message: `expected at most ${mostDays} days before \`to\`` }]);
  return { fromMs, beforeMs };
}

const test = (rule: AlertRule, asked: Asked): Promise<Backtest['data']> =>
  isWindowedRule(rule) ? testWindows(rule, asked) : testOnce(rule, asked);

async function testWindows(
  rule: WindowedRule,
  { projectId, span: asked, reads, signal }: Asked,
): Promise<Backtest['data']> {
  const about = { projectId, filters: rule.filters, groupBy: rule.groupBy };
  const { measures } = rule;
  const groupCount = rule.groupBy === null ? 1 : await countGroups(about, { asked, reads, signal });
  const plan = planBacktest(rule, asked, groupCount);
  const { stepMs, span } = plan;
  const parts = await reads.readParts({ ...about, measures, span, stepMs }, signal);
  const tested = await runInTurns(testGroups(rule, plan, parts));
  const [first = asked.beforeMs] = plan.times;
  const answered = tested.map((one) => toWireGroup(one, span.beforeMs));
  return {
    from: first,
    to: span.beforeMs,
    step_ms: stepMs,
    fired: answered.reduce((sum, { fired }) => sum + fired, 0),
    groups_total: tested.length,
    groups: answered.toSorted(compareGroups).slice(0, mostGroups),
    events: [],
  };
}

/** Without their numbers, which are read in parts. */
async function countGroups(
  about: Pick<WindowQuery, 'projectId' | 'filters' | 'groupBy'>,
  { asked: span, reads, signal }: { asked: TimeSpan } & Pick<Asked, 'reads' | 'signal'>,
): Promise<number> {
  const measures = [{ metric: 'events', aggregation: 'count' }] as const;
  const query: WindowQuery = { ...about, span, measures, order: 'highest', limit: 1 };
  return (await reads.readWindow(query, signal)).groupCount;
}

type WireGroup = Backtest['data']['groups'][number];

/** Those that fired most first, then by name. */
const compareGroups = (a: WireGroup, b: WireGroup): number =>
  b.fired - a.fired || (a.group ?? '\uffff').localeCompare(b.group ?? '\uffff', 'en');

function* testGroups(
  rule: WindowedRule,
  plan: ReturnType<typeof planBacktest>,
  parts: readonly WindowPart[],
): Generator<void, TestedGroup[]> {
  const groups = new Map<string | null, WindowPart[]>();
  if (rule.groupBy === null) groups.set(null, []);
  for (const part of parts) {
    const members = groups.get(part.group);
    if (members) members.push(part);
    else groups.set(part.group, [part]);
  }
  const tested: TestedGroup[] = [];
  for (const [group, members] of groups)
    tested.push(yield* testGroup(rule, plan, { group, parts: members }));
  return tested;
}

function toWireGroup({ group, points, firings }: TestedGroup, end: number): WireGroup {
  return {
    group,
    fired: firings.length,
    alarm_ms: firings.reduce((sum, { from, to }) => sum + ((to ?? end) - from), 0),
    firings: [...firings],
    points: [...points],
  };
}

/** Events and sessions fire once each, so that there is nothing to step through. */
async function testOnce(
  rule: Exclude<AlertRule, WindowedRule>,
  { projectId, span, reads, signal }: Asked,
): Promise<Backtest['data']> {
  const query = {
    projectId,
    filters: rule.filters,
    time: { span },
    known: [],
    limit: mostEvents,
  };
  const { events, total } = await findOnce(rule, query, { reads, signal });
  return {
    from: span.fromMs,
    to: span.beforeMs,
    step_ms: null,
    fired: total,
    groups_total: total,
    groups: [],
    events,
  };
}

async function findOnce(
  rule: Exclude<AlertRule, WindowedRule>,
  query: Omit<Parameters<AlertReads['readLoops']>[0], 'loop'>,
  { reads, signal }: Pick<Asked, 'reads' | 'signal'>,
): Promise<{ readonly events: Backtest['data']['events']; readonly total: number }> {
  if (rule.kind === 'loop') {
    const { found, total } = await reads.readLoops({ ...query, loop: rule.loop }, signal);
    const events = found.flatMap((use) => {
      const subject = toSessionSubject(use, rule.loop, use.endTime);
      return subject === null ? [] : [{ group: subject.id, at: use.endTime, value: subject.value }];
    });
    return { events, total };
  }
  const { measure, alarm } = rule;
  const thresholds = [alarm.critical, ...(alarm.warning === null ? [] : [alarm.warning])];
  const { found, total } = await reads.readArrived({ ...query, measure, thresholds }, signal);
  const events = found.map((event) => {
    const { id: group, value } = toEventSubject(event, alarm);
    return { group, at: event.startTime, value };
  });
  return { events, total };
}
