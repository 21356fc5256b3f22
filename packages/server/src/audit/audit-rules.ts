import type { OperationId } from 'honeyhive-wire';
import type { AuditAction } from './audit-store.ts';
import { isJsonObject } from '../domain/json-text.ts';
import { Reply } from '../calls/reply.ts';

/** What an audited operation was asked, and what it answered; undefined: it failed. */
export interface AuditFacts {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly answer: unknown;
}

export interface AuditRule {
  readonly action: AuditAction;
  /** Ids of the targets, one entry for each; a single entry without an id if there is no target. */
  readonly targets: (facts: AuditFacts) => readonly string[];
}

/** The text at a path of names; null if absent. */
export function readText(value: unknown, ...path: readonly string[]): string | null {
  let found: unknown = value instanceof Reply ? value.body : value;
  for (const name of path) found = isJsonObject(found) ? found[name] : undefined;
  return typeof found === 'string' ? found : null;
}

function readTexts(value: unknown, name: string): string[] {
  const found = isJsonObject(value) ? value[name] : undefined;
  return Array.isArray(found) ? found.filter((each) => typeof each === 'string') : [];
}

const listed = (...texts: readonly (string | null)[]): string[] =>
  texts.filter((text) => text !== null).slice(0, 1);

const project = (action: AuditAction): AuditRule => ({
  action,
  targets: ({ params, query, body, answer }) =>
    listed(
      readText(answer, 'id'),
      readText(answer, 'data', 'id'),
      readText(answer, 'deleted'),
      readText(params, 'project_id'),
      readText(query, 'project_id'),
      readText(query, 'name'),
      readText(body, 'project_id'),
      readText(body, 'name'),
    ),
});

const param = (action: AuditAction, name: string): AuditRule => ({
  action,
  targets: ({ params }) => listed(readText(params, name)),
});

/** The public part of a key; the rest of it is secret. */
const publicPart = (key: string | null): string | null =>
  /^\s*hh_([0-9A-Za-z]{12})_/.exec(key ?? '')?.[1] ?? null;

const signIn: AuditRule = {
  action: 'sign_in',
  targets: ({ body, answer }) =>
    listed(readText(answer, 'key', 'id'), publicPart(readText(body, 'api_key'))),
};

/** Operations that leave an entry in the audit log. */
export const auditRules: { readonly [Id in OperationId]?: AuditRule } = {
  createKey: {
    action: 'key.create',
    targets: ({ answer }) => listed(readText(answer, 'key', 'id')),
  },
  revokeKey: {
    action: 'key.revoke',
    targets: ({ params, answer }) =>
      answer === undefined ? listed(readText(params, 'key_id')) : readTexts(answer, 'revoked'),
  },
  createProject: project('project.create'),
  createWorkspaceProject: project('project.create'),
  updateProject: project('project.update'),
  updateProjectById: project('project.update'),
  updateProjectRecord: project('project.update'),
  deleteProject: project('project.delete'),
  deleteProjectById: project('project.delete'),
  deleteProjectRecord: project('project.delete'),
  createAlert: {
    action: 'alert.create',
    targets: ({ answer }) => listed(readText(answer, 'data', 'id')),
  },
  saveAlert: param('alert.update', 'alert_id'),
  updateAlert: param('alert.update', 'alert_id'),
  deleteAlert: param('alert.delete', 'alert_id'),
  updateProjectSettings: param('settings.update', 'project_id'),
  deleteHeldUpdates: param('held_updates.delete', 'project_id'),
  createAlertDestination: {
    action: 'destination.create',
    targets: ({ answer }) => listed(readText(answer, 'destination', 'id')),
  },
  updateAlertDestination: param('destination.update', 'destination_id'),
  deleteAlertDestination: param('destination.delete', 'destination_id'),
  testAlertDestination: param('destination.test', 'destination_id'),
  resendAlertDelivery: param('delivery.resend', 'delivery_id'),
  deleteSession: param('session.delete', 'session_id'),
  deleteEvent: param('event.delete', 'event_id'),
  signIn,
  signInWithCode: signIn,
  signOut: { action: 'sign_out', targets: () => [] },
};

/** The rule of an operation that deletes what its body lists, which says of which kind it is. */
export const deleteManyRule = (body: unknown): AuditRule => ({
  action: readText(body, 'scope') === 'sessions' ? 'session.delete' : 'event.delete',
  targets: ({ answer }) => readTexts(answer, 'deleted'),
});
