import type { JsonObject } from './assume.ts';
import { createCall } from './call.ts';
import type { Call } from './call.ts';
import type { Clock, Random } from './clock.ts';
import type { ClientConfig } from './config.ts';
import { createEventRedactor } from './event-redactor.ts';
import { auth } from './layers/auth.ts';
import { deadline } from './layers/deadline.ts';
import { createInFlight } from './layers/in-flight.ts';
import { rateLimit } from './layers/rate-limit.ts';
import { retry } from './layers/retry.ts';
import { compose } from './pipeline.ts';
import { createRedact } from './redact.ts';
import { refuse } from './refusal.ts';
import { createSampler } from './sampler.ts';
import type { Sampler } from './sampler.ts';
import { createOfflineTransport } from './transport/offline.ts';
import type { Transport } from './transport/transport.ts';

/** What the methods of the client are made with. */
export interface Core {
  readonly call: Call;
  /** The same, for what is delivered in the background: goes on while the client is being closed. */
  readonly backgroundCall: Call;
  /** Of calls that name none; null: that of the key. */
  readonly project: string | null;
  readonly source: string | null;
  /** Decides which sessions are sent at all. */
  readonly sampler: Sampler;
  /** Whether {@link Core.redact} changes anything. */
  readonly isRedacting: boolean;
  /**
   * A drafted event, session or update without what the caller wants to keep to itself.
   *
   * @throws {HoneyHiveValidationError} when it cannot be redacted: then it must not be sent
   */
  redact(operation: string, draft: JsonObject): JsonObject;
  /** Epoch milliseconds. */
  now(): number;
  /** A new UUIDv7. */
  newId(): string;
  /** Refuses further calls, waits for those under way and for what is in the background, closes the connections. */
  close(background: Promise<void>): Promise<void>;
}

/** The ports of the client. */
export interface CoreDeps {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  readonly newId: () => string;
}

export function createCore(config: ClientConfig, deps: CoreDeps): Core {
  const { clock, random, newId } = deps;
  const inFlight = createInFlight();
  const { project, rateLimit: limit } = config;
  const transport = config.isTestMode
    ? createOfflineTransport({ project, now: clock.now, newId })
    : deps.transport;
  const layers = [
    deadline(clock),
    retry(config.retry, { clock, random }),
    // In test mode there is no service to spare, and none that asks for a key.
    ...(limit === null || config.isTestMode ? [] : [rateLimit(limit, clock)]),
    ...(config.isTestMode ? [] : [auth(config.apiKey)]),
  ];
  const { timeoutMs, headers } = config;
  const around = { clock, redact: createRedact(secretsOf(config)), timeoutMs, headers };
  const redactEvent = createEventRedactor(config.redact);
  let closing: Promise<void> | undefined;
  return {
    call: createCall({ ...around, send: compose([inFlight.layer, ...layers], transport.send) }),
    backgroundCall: createCall({ ...around, send: compose(layers, transport.send) }),
    project,
    source: config.source,
    sampler: createSampler(config.samplingRate),
    isRedacting: config.redact !== null,
    redact(operation, draft) {
      try {
        return redactEvent(draft);
      } catch (cause) {
        // Not as the cause: that may quote what was to be hidden, and errors are logged.
        const name = cause instanceof Error ? cause.name : typeof cause;
        const message = `redact threw a ${name}, so nothing was sent`;
        throw refuse(operation, [{ field: '', message }]);
      }
    },
    now: clock.now,
    newId,
    close: (background) =>
      (closing ??= Promise.all([inFlight.drain(), background]).then(transport.close)),
  };
}

function secretsOf({ apiKey, headers }: ClientConfig): string[] {
  const authorization = headers['authorization']?.replace(/^\w+\s+/, '');
  return [apiKey, authorization].filter((secret) => secret !== null && secret !== undefined);
}
