import type { AlertChange, AlertStore, StoredState } from './alert-store.ts';
import { fromGroupKey } from './alert-store.ts';
import type { Moment } from './build-change.ts';
import { judgeSingle, toEventSubject, toSessionSubject } from './judge-single.ts';
import type { Subject } from './judge-single.ts';
import { judgeWindow } from './judge-window.ts';
import type { WindowReadings } from './judge-window.ts';
import { keyOfMeasure, orderOf } from './plan-jobs.ts';
import type { AlertJob, SingleJob, WindowedRule, WindowJob, WindowShape } from './plan-jobs.ts';
import { minuteMs } from './active-alert.ts';
import type { AlertReads, Found, WindowQuery } from '../domain/alert-reads.ts';

export interface JobServices {
  readonly reads: AlertReads;
  readonly metadata: Pick<AlertStore, 'listStates'>;
  readonly signal: AbortSignal;
}

/** Events and sessions of one alert that fire in one minute; the others are counted. */
const mostOfMinute = 100;

/** Reads what a job is about, and says what it changes; nothing is stored. */
export const runJob = (
  job: AlertJob,
  moment: Moment,
  services: JobServices,
): Promise<AlertChange[]> =>
  job.kind === 'window' ? runWindow(job, moment, services) : runSingle(job, moment, services);

async function runWindow(
  { shapes, projectId }: WindowJob,
  moment: Moment,
  services: JobServices,
): Promise<AlertChange[]> {
  const readings = await readShapes(shapes, services);
  const states = await statesOf(
    services.metadata,
    projectId,
    shapes.flatMap(({ alerts }) => alerts.map(({ own }) => own.id)),
  );
  const changes: AlertChange[] = [];
  for (const [index, shape] of shapes.entries()) {
    const closest = new ClosestGroups(shape, readings[index] ?? nothing, services);
    for (const alert of shape.alerts) {
      const ofAlert = states.get(alert.own.id) ?? new Map<string, StoredState>();
      const read = await closest.of(alert.rule);
      changes.push(judgeWindow(alert, read, { ...moment, states: ofAlert }));
    }
  }
  return changes;
}

const nothing: WindowReadings = { current: { groups: [], groupCount: 0 }, before: null };

async function readShapes(
  shapes: readonly Pick<WindowShape, 'query' | 'before'>[],
  { reads, signal }: JobServices,
): Promise<WindowReadings[]> {
  const compared = shapes.filter(({ before }) => before !== null);
  const found = await reads.readWindows(
    [
      ...shapes.map(({ query }) => query),
      ...compared.map(({ query, before }) => ({ ...query, span: before ?? query.span })),
    ],
    signal,
  );
  return shapes.map((shape, index) => {
    const place = compared.indexOf(shape);
    return {
      current: found[index] ?? nothing.current,
      before: place < 0 ? null : (found[shapes.length + place] ?? null),
    };
  });
}

type ShapeReadings = Parameters<typeof judgeWindow>[1];

/** What was read of a shape; where there are too many groups, the alerts of a shape may each need other ones. */
class ClosestGroups {
  readonly #shape: WindowShape;
  readonly #services: JobServices;
  readonly #found = new Map<string, ShapeReadings>();
  readonly #isComplete: boolean;

  constructor(shape: WindowShape, readings: WindowReadings, services: JobServices) {
    this.#shape = shape;
    this.#services = services;
    const { query } = shape;
    this.#found.set(keyOfOrder(query), { query, readings });
    this.#isComplete = [readings.current, readings.before].every(
      (reading) => reading === null || reading.groups.length === reading.groupCount,
    );
  }

  async of(rule: WindowedRule): Promise<ShapeReadings> {
    const query = orderFor(rule, this.#shape.query);
    const key = keyOfOrder(this.#isComplete ? this.#shape.query : query);
    const known = this.#found.get(key);
    if (known) return known;
    const [readings = nothing] = await readShapes([{ ...this.#shape, query }], this.#services);
    this.#found.set(key, { query, readings });
    return { query, readings };
  }
}

const keyOfOrder = ({ order, measures: [first] }: WindowQuery): string =>
  JSON.stringify([order, first]);

/** The same query, groups closest to the alarm of a rule first. */
function orderFor(rule: WindowedRule, query: WindowQuery): WindowQuery {
  const [main] = rule.measures;
  const others = query.measures.filter((one) => keyOfMeasure(one) !== keyOfMeasure(main));
  return { ...query, order: orderOf(rule), measures: [main, ...others] };
}

async function runSingle(
  { alert, projectId }: SingleJob,
  moment: Moment,
  { reads, metadata, signal }: JobServices,
): Promise<AlertChange[]> {
  const { own, rule } = alert;
  const all = await statesOf(metadata, projectId, [own.id]);
  const states = all.get(own.id) ?? new Map<string, StoredState>();
  const query = {
    projectId,
    filters: rule.filters,
    // A minute more than has passed: what was being stored at the end of the last one is found, too.
    time: { sinceMs: moment.minute - 2 * minuteMs },
    known: [...states.keys()].map((key) => fromGroupKey(key) ?? ''),
    limit: mostOfMinute,
  };
  const subjects = await findSubjects(rule, query, { reads, signal, minute: moment.minute });
  return [judgeSingle(alert, subjects, { ...moment, states })];
}

async function findSubjects(
  rule: SingleJob['alert']['rule'],
  query: Omit<Parameters<AlertReads['readLoops']>[0], 'loop'>,
  { reads, signal, minute }: Pick<JobServices, 'reads' | 'signal'> & { readonly minute: number },
): Promise<Found<Subject>> {
  if (rule.kind === 'loop') {
    const { loop } = rule;
    const { found, total } = await reads.readLoops({ ...query, loop }, signal);
    return { found: found.flatMap((use) => toSessionSubject(use, loop, minute) ?? []), total };
  }
  const { measure, alarm } = rule;
  const thresholds = [alarm.critical, ...(alarm.warning === null ? [] : [alarm.warning])];
  const { found, total } = await reads.readArrived({ ...query, measure, thresholds }, signal);
  return { found: found.map((event) => toEventSubject(event, alarm)), total };
}

/** States by alert, then by group. */
async function statesOf(
  metadata: JobServices['metadata'],
  projectId: string,
  alertIds: readonly string[],
): Promise<Map<string, Map<string, StoredState>>> {
  const byAlert = new Map<string, Map<string, StoredState>>();
  for (const state of await metadata.listStates({ projectId, alertIds })) {
    const states = byAlert.get(state.alertId) ?? new Map<string, StoredState>();
    byAlert.set(state.alertId, states.set(state.groupKey, state));
  }
  return byAlert;
}
