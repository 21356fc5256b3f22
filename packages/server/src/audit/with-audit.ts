import type { OperationId } from 'honeyhive-wire';
import type { ApiKey } from '../keys/key-store.ts';
import { Problem } from '../domain/problem.ts';
import type { AuditEvent, AuditLog } from './audit-log.ts';
import { auditRules, deleteManyRule, readText } from './audit-rules.ts';
import type { AuditFacts, AuditRule } from './audit-rules.ts';
import type { Access } from '../calls/access.ts';
import type { SignIns } from '../auth/sign-ins.ts';
import type { Caller } from '../calls/handler.ts';

/** A request, as far as its audit entry needs it. */
interface AuditedCall {
  /** null: the operation needs no key. */
  readonly access: Pick<Access, 'key'> | null;
  readonly caller: Caller;
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** What records what was done. */
export interface RecordServices {
  readonly audit: AuditLog;
  readonly signIns: Pick<SignIns, 'find'>;
}

export interface AuditedRequest {
  readonly id: OperationId;
  readonly call: AuditedCall;
  readonly requestId: string;
  readonly services: RecordServices;
}

/** Does the work of an operation and records how it went, when it is one that is audited. */
export async function withAudit<Answer>(
  request: AuditedRequest,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const rule = findRule(request);
  if (rule === null) return work();
  const key = await findKey(request);
  const record = (answer: unknown, outcome: string): Promise<void> =>
    request.services.audit.record(toEvent(rule, request, { answer, outcome, key }));
  try {
    const answer = await work();
    await record(answer, 'ok');
    return answer;
  } catch (error) {
    await record(undefined, error instanceof Problem ? error.code : 'internal');
    throw error;
  }
}

const findRule = ({ id, call }: AuditedRequest): AuditRule | null =>
  id === 'exploreDelete' ? deleteManyRule(call.body) : (auditRules[id] ?? null);

/** Whose request it is; before the work, which may be to sign out. Nobody's while somebody signs in. */
async function findKey({ id, call, services }: AuditedRequest): Promise<KeyName | null> {
  if (id !== 'signOut') return call.access?.key ?? null;
  const token = call.caller.signInToken;
  return token === null ? null : ((await services.signIns.find(token))?.key ?? null);
}

type KeyName = Pick<ApiKey, 'id' | 'name' | 'projectId'>;

function toEvent(
  rule: AuditRule,
  { call, requestId }: AuditedRequest,
  { answer, outcome, key }: { answer: unknown; outcome: string; key: KeyName | null },
): AuditEvent {
  const facts: AuditFacts = { ...call, answer };
  return {
    action: rule.action,
    outcome,
    actor: key?.id ?? readText(answer, 'key', 'id') ?? 'unknown',
    actorName: key?.name ?? readText(answer, 'key', 'name'),
    projectId: findProject(facts, key),
    targets: rule.targets(facts),
    address: call.caller.address,
    requestId,
  };
}

/** The project it was done in: its id, or as the request names it; null when none is named. */
const findProject = ({ params, query, body, answer }: AuditFacts, key: KeyName | null) =>
  readText(answer, 'key', 'project_id') ??
  key?.projectId ??
  readText(params, 'project_id') ??
  readText(query, 'project') ??
  readText(body, 'project');
