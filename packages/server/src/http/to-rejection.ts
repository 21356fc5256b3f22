import { operations } from 'honeyhive-wire';
import type { Operation } from 'honeyhive-wire';
import type { ApiKey } from '../keys/key-store.ts';
import type { Problem } from '../domain/problem.ts';
import type { RejectionReport } from '../live/rejections.ts';
import { toRejectionText } from './rejection-text.ts';
import { readSenderName } from './sender-name.ts';

/** What is known of a request that was refused. */
export interface RefusedRequest {
  readonly method: string;
  readonly userAgent: string | undefined;
  /** Id of its operation; undefined for an unknown path. */
  readonly operation: string | undefined;
  /** Path template of the operation; empty for an unknown path. */
  readonly template: string;
  /** Whether a person sent it with the cookie of a sign-in. */
  readonly isSignedIn: boolean;
  /** The key, even if revoked or expired; undefined: missing or unknown. */
  readonly key: Pick<ApiKey, 'id' | 'projectId'> | undefined;
  readonly address: string;
}

const byId: Readonly<Record<string, Operation>> = operations;

/** Whether the request meant to store something; one that changes something elsewhere is nobody's first event. */
export const meansToStore = ({
  method,
  operation,
}: Pick<RefusedRequest, 'method' | 'operation'>): boolean =>
  method !== 'GET' && (operation === undefined || byId[operation]?.access === 'ingest');

/** What users who wait for a first event see of a rejected request; null: nothing. */
export function toRejection(
  request: RefusedRequest,
  problem: Problem,
  { now, isKnownName }: { now: number; isKnownName: (name: string) => boolean },
): RejectionReport | null {
  if (request.isSignedIn || !meansToStore(request)) return null;
  const { key, address } = request;
  return {
    owner:
      key === undefined
        ? 'unknown'
        : key.projectId === null
          ? 'organisation'
          : { projectId: key.projectId },
    source: key === undefined ? `address ${address}` : `key ${key.id}`,
    rejection: {
      time: now,
      method: request.method,
      path: request.template,
      status: problem.status,
      code: problem.code,
      message: toRejectionText(problem, isKnownName),
      userAgent: readSenderName(request.userAgent),
    },
  };
}
