import type { Core } from '../call/core.ts';
import { toCallInput } from '../call/endpoint-call.ts';
import { HoneyHiveAPIError, HoneyHiveConnectionError } from '../errors/errors.ts';
import type { HoneyHiveError } from '../errors/errors.ts';
import { isObject } from '../json/json-object.ts';
import type { CallOptions } from '../options/options.ts';

/** How the service is. */
export interface HealthStatus {
  /**
   * What the service says of itself, `ok`; `unknown` when it has no health endpoint, `unavailable` when it answers with
   * an error, `unreachable` when it does not answer.
   */
  readonly status: string;
  /** Whether anything answered. */
  readonly reachable: boolean;
  /** Address that was asked. */
  readonly server_url: string;
  /** ISO-8601. */
  readonly timestamp: string;
  /** Version of the service. */
  readonly version?: string;
  /** Milliseconds since the service started. */
  readonly uptime_ms?: number;
  /** Why the service is not `ok`. */
  readonly message?: string;
  readonly [key: string]: unknown;
}

export async function getHealth(
  core: Core,
  serverUrl: string,
  options?: CallOptions,
): Promise<HealthStatus> {
  const request = toCallInput({ operation: 'getHealth', endpoint: 'getHealth' });
  const around = { server_url: serverUrl, timestamp: new Date(core.now()).toISOString() };
  try {
    // One attempt only: the caller wants the current state.
    const answer = await core.call({ ...request, replay: 'never' }, options);
    const reported = isObject(answer.json) ? answer.json : {};
    const status = typeof reported['status'] === 'string' ? reported['status'] : 'unknown';
    return { ...around, ...reported, status, reachable: true };
  } catch (error) {
    if (error instanceof HoneyHiveAPIError)
      return { ...around, ...toUnwell(error), reachable: true };
    if (error instanceof HoneyHiveConnectionError) {
      return { ...around, status: 'unreachable', reachable: false, message: error.message };
    }
    throw error;
  }
}

const toUnwell = (error: HoneyHiveError & { statusCode: number }) => ({
  status: error.statusCode >= 500 ? 'unavailable' : 'unknown',
  message: error.message,
});
