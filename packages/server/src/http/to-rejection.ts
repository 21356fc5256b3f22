import { operations } from 'honeyhive-wire';
import type { Operation } from 'honeyhive-wire';
import type { ApiKey } from '../domain/metadata-store.ts';
import type { Problem } from '../domain/problem.ts';
import type { Rejection, RejectionOwner } from '../handlers/live/rejections.ts';

/** What is known of a request that was refused. */
export interface RefusedRequest {
  readonly method: string;
  readonly url: string;
  readonly userAgent: string | undefined;
  /** Id of its operation; undefined when there is none at the path. */
  readonly operation: string | undefined;
  /** Whether a person sent it with the cookie of a sign-in. */
  readonly isSignedIn: boolean;
  /** undefined: none, or a wrong one. */
  readonly key: ApiKey | undefined;
}

const byId: Readonly<Record<string, Operation>> = operations;

/** Whether the request meant to store something; one that changes something elsewhere is nobody's first event. */
const meansToStore = ({ method, operation }: RefusedRequest): boolean =>
  method !== 'GET' && (operation === undefined || byId[operation]?.access === 'ingest');

/** What whoever waits for a first event is told of a request that was refused; null for nothing. */
export function toRejection(
  request: RefusedRequest,
  problem: Problem,
  now: number,
): { owner: RejectionOwner; rejection: Rejection } | null {
  if (request.isSignedIn || !meansToStore(request)) return null;
  const { key } = request;
  return {
    owner:
      key === undefined
        ? 'unknown'
        : key.projectId === null
          ? 'organisation'
          : { projectId: key.projectId },
    rejection: {
      time: now,
      method: request.method,
      path: request.url.split('?', 1)[0] ?? '',
      status: problem.status,
      code: problem.code,
      message: problem.message,
      userAgent: request.userAgent ?? null,
    },
  };
}
