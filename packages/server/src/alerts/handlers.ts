import { isSegment, limits } from 'honeyhive-wire';
import type { Alert, AlertIn, Immutable, Issue } from 'honeyhive-wire';
import { parseInstant } from 'honeyhive-facts';
import type { Clock } from '../clock.ts';
import type { Call, Handler } from '../calls/handler.ts';
import { newId } from '../domain/ids.ts';
import { invalid, notFound, Problem } from '../domain/problem.ts';
import type { Project } from '../projects/project-store.ts';
import type { DestinationStore } from '../destinations/destination-store.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { SecretBox } from '../store/secret-box.ts';
import { fromGroupKey } from './alert-store.ts';
import type { AlertStore, SaveOptions } from './alert-store.ts';
import type { BacktestServices } from './backtest-alert.ts';
import { toOwnAlert, toOwnAlerts } from './own-alert.ts';
import type { OwnAlert } from './own-alert.ts';
import { readRule } from './read-rule.ts';
import { findHiddenIssues, sealDetails } from './sealed-details.ts';
import { findStandingIssues, isStandingId, withStandingValue } from './standing-alerts.ts';
import type { StandingId } from './standing-alerts.ts';
import { toWireAlert, toWireEdge } from './wire-alert.ts';

export interface AlertServices extends BacktestServices {
  readonly metadata: AlertStore &
    Pick<SettingsStore, 'readSettings' | 'changeSettings'> &
    Pick<DestinationStore, 'listDestinations'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly secretBox: SecretBox;
}

const projectOf = (
  call: Pick<Call<'getAlert'>, 'access'> & { params: { project_id: string } },
): Promise<Project> => call.access.project(call.params.project_id);

export const listAlerts: Handler<'listAlerts', AlertServices> = async (call, services) => {
  const page = readCount(call.query.page, 'page', { default: 1, most: 1_000_000 });
  const limit = readCount(call.query.limit, 'limit', { default: 20, most: limits.alertPage });
  const all = await readWireAlerts(await projectOf(call), services);
  const { status } = call.query;
  const chosen = all
    .filter((alert) => status === undefined || alert.status === status)
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1));
  const total = chosen.length;
  return {
    success: true,
    data: chosen.slice((page - 1) * limit, page * limit),
    pagination: {
      page,
      limit,
      total,
      total_pages: Math.ceil(total / limit),
      has_next: page * limit < total,
      has_prev: page > 1,
    },
  };
};

export const createAlert: Handler<'createAlert', AlertServices> = async (call, services) => {
  const project = await projectOf(call);
  const id = newId(services.clock.now());
  return answerSaved({ project, id, input: toStored(call.body), before: null }, services);
};

export const getAlert: Handler<'getAlert', AlertServices> = async (call, services) => {
  const project = await projectOf(call);
  return { success: true, data: await readOne(project, call.params.alert_id, services) };
};

export const saveAlert: Handler<'saveAlert', AlertServices> = async (call, services) => {
  const project = await projectOf(call);
  const id = readId(call.params.alert_id);
  const before = await findAlert(project, id, services);
  return answerSaved({ project, id, input: toStored(call.body), before }, services);
};

export const updateAlert: Handler<'updateAlert', AlertServices> = async (call, services) => {
  const project = await projectOf(call);
  const before = await requireAlert(project, call.params.alert_id, services);
  const given = Object.entries(call.body).filter(([, value]) => value !== undefined);
  // Who takes the mute off means all of it.
  const unmuted = call.body.is_muted === false ? { muted_until: null } : {};
  const status = before.input.status ?? 'ACTIVE';
  const input = toStored({ ...before.input, status, ...unmuted, ...Object.fromEntries(given) });
  return answerSaved({ project, id: before.id, input, before }, services);
};

export const deleteAlert: Handler<'deleteAlert', AlertServices> = async (call, services) => {
  const project = await projectOf(call);
  const { id } = await requireAlert(project, call.params.alert_id, services);
  if (isStandingId(id)) await setThreshold({ project, id, value: null }, services);
  await services.metadata.deleteAlert({ projectId: project.id, alertId: id });
  return { success: true, deleted: id };
};

export const getAlertHistory: Handler<'getAlertHistory', AlertServices> = async (
  call,
  services,
) => {
  const project = await projectOf(call);
  const { query } = call;
  const most = limits.alertHistoryPage;
  const limit = readCount(query.limit, 'limit', { default: 100, most });
  const before = query.before
    ? readCount(query.before, 'before', { default: 1, most: Number.MAX_SAFE_INTEGER })
    : null;
  const { id } = await requireAlert(project, call.params.alert_id, services);
  const place = { projectId: project.id, alertId: id };
  const found = await services.metadata.listEdges(place, { before, limit: limit + 1 });
  const data = found.slice(0, limit);
  const last = data.at(-1);
  return {
    success: true,
    data: data.map(toWireEdge),
    next: last && found.length > limit ? last.sequence : null,
  };
};

const statusOrder = ['critical', 'no_data', 'warning', 'ok'] as const;

export const getAlertGroups: Handler<'getAlertGroups', AlertServices> = async (call, services) => {
  const project = await projectOf(call);
  const { id } = await requireAlert(project, call.params.alert_id, services);
  const states = await services.metadata.listStates({
    projectId: project.id,
    alertIds: [id],
  });
  const groups = states.map(({ groupKey, status, since, value }) => ({
    group: fromGroupKey(groupKey),
    status,
    since,
    value,
  }));
  return {
    success: true,
    data: groups.toSorted(
      (a, b) => statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status) || b.since - a.since,
    ),
  };
};

async function readAlerts(project: Project, { metadata }: AlertServices): Promise<OwnAlert[]> {
  const [stored, { settings }] = await Promise.all([
    metadata.listAlerts(project.id),
    metadata.readSettings(project.id),
  ]);
  return toOwnAlerts(project.id, stored, settings);
}

async function readWireAlerts(
  project: Project,
  services: AlertServices,
): Promise<Immutable<Alert>[]> {
  const [alerts, runs] = await Promise.all([
    readAlerts(project, services),
    services.metadata.listRuns(project.id),
  ]);
  const at = { now: services.clock.now(), madeAt: project.createdAt };
  const byId = new Map(runs.map((run) => [run.alertId, run]));
  return alerts.map((alert) => toWireAlert(alert, byId.get(alert.id) ?? null, at));
}

async function readOne(
  project: Project,
  id: string,
  services: AlertServices,
): Promise<Immutable<Alert>> {
  const found = await requireAlert(project, id, services);
  const run = await services.metadata.findRun({ projectId: project.id, alertId: id });
  return toWireAlert(found, run, { now: services.clock.now(), madeAt: project.createdAt });
}

async function findAlert(
  project: Project,
  id: string,
  services: AlertServices,
): Promise<OwnAlert | null> {
  if (isStandingId(id))
    return (await readAlerts(project, services)).find((alert) => alert.id === id) ?? null;
  const row = await services.metadata.findAlert({ projectId: project.id, alertId: id });
  return row && toOwnAlert(row);
}

async function requireAlert(
  project: Project,
  id: string,
  services: AlertServices,
): Promise<OwnAlert> {
  const found = await findAlert(project, readId(id), services);
  if (!found) throw notFound('alert', id);
  return found;
}

interface Saving {
  readonly project: Project;
  readonly id: string;
  readonly input: AlertIn;
  readonly before: OwnAlert | null;
}

async function answerSaved(saving: Saving, services: AlertServices) {
  await save(saving, services);
  return { success: true as const, data: await readOne(saving.project, saving.id, services) };
}

async function save(
  { project, id, input, before }: Saving,
  services: AlertServices,
): Promise<void> {
  const issues = [
    ...findIssues(id, input),
    ...findHiddenIssues(input.notification_details, before?.input.notification_details),
  ];
  if (issues.length > 0) throw invalid(issues);
  await requireDestinations(project, { input, before }, services);
  const saved = await services.metadata.saveAlert(
    {
      id,
      projectId: project.id,
      content: JSON.stringify(toContent({ project, id, input, before }, services)),
    },
    {
      now: services.clock.now(),
      mostPerProject: limits.alerts,
      ends: decideEnd(before?.input ?? null, input),
    },
  );
  if (saved === 'full') {
    const message = `A project has at most ${limits.alerts} alerts: delete one first.`;
    throw new Problem('conflict', message);
  }
  const value = input.thresholds?.critical.value ?? null;
  if (isStandingId(id)) await setThreshold({ project, id, value }, services);
}

/** The alert as it is kept, secrets encrypted. */
function toContent(
  { project, id, input, before }: Saving,
  { secretBox: box }: AlertServices,
): AlertIn {
  const content = { ...input, status: statusOf(input, before) };
  const { notification_details: details } = input;
  if (details === undefined) return content;
  const place = { projectId: project.id, alertId: id };
  const sealed = sealDetails(details, { box, place, before: before?.input.notification_details });
  return { ...content, notification_details: sealed };
}

/** Ids that the alert has already may be of destinations that were deleted since, or not imported with it. */
async function requireDestinations(
  project: Project,
  { input, before }: Pick<Saving, 'input' | 'before'>,
  { metadata }: AlertServices,
): Promise<void> {
  const known = new Set(before?.input.destination_ids);
  const ids = input.destination_ids ?? [];
  if (ids.every((id) => known.has(id))) return;
  for (const { id } of await metadata.listDestinations(project.id)) known.add(id);
  const issues = ids.flatMap((id, index) =>
    known.has(id)
      ? []
      : [
          {
            field: `destination_ids[${index}]`,
            message: 'no destination of the project has this id',
          },
        ],
  );
  if (issues.length > 0) throw invalid(issues);
}

/** To resolve is something that is done, not something that an alert is. */
const statusOf = ({ status }: AlertIn, before: OwnAlert | null): AlertIn['status'] =>
  status === 'RESOLVED' ? (before?.input.status ?? 'ACTIVE') : status;

/** Alarms of other groups, or of another kind, do not belong to the alert as it is now. */
function decideEnd(before: AlertIn | null, after: AlertIn): SaveOptions['ends'] {
  if (after.status === 'RESOLVED') return 'by hand';
  const isOther = (name: 'alert_type' | 'group_by'): boolean =>
    (before?.[name] ?? null) !== (after[name] ?? null);
  return before !== null && (isOther('alert_type') || isOther('group_by')) ? 'now' : null;
}

const setThreshold = (
  {
    project,
    id,
    value,
  }: { readonly project: Project; readonly id: StandingId; readonly value: number | null },
  { metadata, clock }: AlertServices,
) =>
  metadata.changeSettings(
    project.id,
    (settings) => withStandingValue(settings, id, value),
    clock.now(),
  );

function findIssues(id: string, input: AlertIn): readonly Issue[] {
  const rule = readRule(input);
  const issues = 'issues' in rule ? [...rule.issues] : [];
  const until = input.muted_until;
  if (typeof until === 'string')
    issues.push({ field: 'muted_until', message: 'expected epoch milliseconds or ISO-8601' });
  return isStandingId(id) ? [...issues, ...findStandingIssues(id, input)] : issues;
}

/** The alert as it is kept: an instant as a number; one that cannot be read stays, to be refused. */
function toStored(input: AlertIn): AlertIn {
  const { muted_until: until } = input;
  if (typeof until !== 'string') return input;
  return { ...input, muted_until: parseInstant(until) ?? until };
}

function readId(id: string): string {
  if (id.length <= limits.idChars && isSegment(id)) return id;
  const message = `expected at most ${limits.idChars} characters, and neither "." nor ".."`;
  throw invalid([{ field: 'alert_id', message }]);
}

function readCount(
  text: string | undefined,
  field: string,
  { default: usual, most }: { readonly default: number; readonly most: number },
): number {
  if (text === undefined || text === '') return usual;
  const count = /^\d{1,16}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= most) return count;
  throw invalid([{ field, message: `expected an integer from 1 to ${most}` }]);
}

export { backtestAlert } from './backtest-alert.ts';
