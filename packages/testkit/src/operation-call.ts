import { errorCodes, operations } from 'honeyhive-wire';
import type { ErrorBody, Operation, OperationId } from 'honeyhive-wire';
import { faultOfAnswer } from './answer-fault.ts';
import { call } from './call.ts';
import type { Answer, CallOptions, Target } from './call.ts';

/** What an operation answers with, by its schema. */
export type OutputOf<Id extends OperationId> = ReturnType<
  (typeof operations)[Id]['response']['parse']
>;

/** One call of an operation. */
export interface OperationInput extends CallOptions {
  /** One of the operation's paths; the first when absent. */
  readonly path?: string;
  /** Values of the `{…}` in the path. */
  readonly params?: Readonly<Record<string, string>>;
}

/** Calls operations by their id in the table, and holds the answers against it. */
export interface OperationCaller {
  /** @throws when the answer is not exactly as the table has it: see {@link faultOfAnswer} */
  send(id: OperationId, input?: OperationInput): Promise<Answer>;
  /** @throws also when the status is not the usual one of the operation */
  ok<Id extends OperationId>(id: Id, input?: OperationInput): Promise<OutputOf<Id>>;
  /** @throws when the status is not `status` or the body is not an error of the contract */
  refused(id: OperationId, status: number, input?: OperationInput): Promise<ErrorBody>;
}

/** The path with its parameters filled in. */
export function fillPath(path: string, params: Readonly<Record<string, string>> = {}): string {
  return path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`${path} needs the parameter ${name}`);
    return encodeURIComponent(value);
  });
}

/** What is wrong with an error body, or null when it is as the contract wants it. */
export function faultOfErrorBody(status: number, body: unknown): string | null {
  if (!isObject(body)) return 'not an object';
  const { statusCode, message, success, errorCode, issues } = body;
  const checks: readonly (readonly [boolean, string])[] = [
    [statusCode === status, `statusCode ${String(statusCode)} under status ${status}`],
    [success === false, 'success is not false'],
    [isText(message), 'no message'],
    [isText(errorCode) && Object.hasOwn(errorCodes, errorCode), 'no known errorCode'],
  ];
  const failed = checks.find(([isRight]) => !isRight);
  return failed === undefined ? faultOfIssues(issues) : failed[1];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function faultOfIssues(issues: unknown): string | null {
  if (issues === undefined) return null;
  if (!Array.isArray(issues) || issues.length === 0) return 'issues is not a list with entries';
  const isIssue = (issue: unknown) =>
    isObject(issue) && typeof issue['field'] === 'string' && isText(issue['message']);
  return issues.every(isIssue) ? null : 'an issue without field and message';
}

function describe(method: string, path: string, answer: Answer): string {
  return `${method} ${path}: ${answer.status} ${answer.text.slice(0, 2000)}`;
}

/** @param target the service, and the key that is used unless a call names another */
export function createOperationCaller(target: Target): OperationCaller {
  const locate = (id: OperationId, input: OperationInput) => {
    const operation: Operation = operations[id];
    const path = input.path ?? operation.paths[0] ?? '';
    return { operation, path: fillPath(path, input.params) };
  };
  const send = async (id: OperationId, input: OperationInput = {}): Promise<Answer> => {
    const { operation, path } = locate(id, input);
    const answer = await call(target, `${operation.method} ${path}`, input);
    const fault = faultOfAnswer(operation, answer);
    if (fault === null) return answer;
    throw new Error(`${fault}; ${describe(operation.method, path, answer)}`);
  };
  return {
    send,
    async ok<Id extends OperationId>(id: Id, input: OperationInput = {}) {
      const answer = await send(id, input);
      const { operation, path } = locate(id, input);
      if (answer.status === (operation.status ?? 200)) return assumeOutput<Id>(answer.body);
      throw new Error(describe(operation.method, path, answer));
    },
    async refused(id, status, input = {}) {
      const answer = await send(id, input);
      const { operation, path } = locate(id, input);
      const fault =
        answer.status === status ? faultOfErrorBody(status, answer.body) : `expected ${status}`;
      if (fault === null) return assumeErrorBody(answer.body);
      throw new Error(`${fault}; ${describe(operation.method, path, answer)}`);
    },
  };
}

/** The body as received: the schemas only check, so what they accept has their type. */
function assumeOutput<Id extends OperationId>(body: unknown): OutputOf<Id> {
  return body as OutputOf<Id>;
}

function assumeErrorBody(body: unknown): ErrorBody {
  return body as ErrorBody;
}
