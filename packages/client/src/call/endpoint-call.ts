import { endpoints } from '../generated/types.ts';
import { fillPath } from '../wire/query.ts';
import type { CallInput } from './call.ts';

/** One of the operations of the contract, and what to fill into its path. */
export interface EndpointCall {
  /** Name of the method that asks, for messages. */
  readonly operation: string;
  readonly endpoint: keyof typeof endpoints;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** The request of an operation, without query and body. */
export function toCallInput({ operation, endpoint, values }: EndpointCall): CallInput {
  const { method, path, isIdempotent, needsKey } = endpoints[endpoint];
  return {
    operation,
    method,
    path: values === undefined ? path : fillPath({ operation, path, values }),
    replay: isIdempotent ? 'safe' : 'unsafe',
    needsKey,
  };
}
