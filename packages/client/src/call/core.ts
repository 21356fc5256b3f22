import { refuse } from '../errors/refusal.ts';
import type { JsonObject } from '../json/json-object.ts';
import { auth, authorizationOf } from '../layers/auth.ts';
import { deadline } from '../layers/deadline.ts';
import { createInFlight } from '../layers/in-flight.ts';
import { warnOfKeyRisks } from '../layers/key-risks.ts';
import { observe } from '../layers/observe.ts';
import { rateLimit } from '../layers/rate-limit.ts';
import { retry } from '../layers/retry.ts';
import { trace } from '../layers/trace.ts';
import type { ClientConfig } from '../options/config.ts';
import { createWarner } from '../options/warner.ts';
import type { Warn } from '../options/warner.ts';
import { createEventRedactor } from '../policy/event-redactor.ts';
import { createRedact } from '../policy/redact.ts';
import { createSampler } from '../policy/sampler.ts';
import type { Sampler } from '../policy/sampler.ts';
import type { Clock, Random } from '../runtime/clock.ts';
import type { OfflineContext } from '../transport/offline.ts';
import type { Transport } from '../transport/transport.ts';
import { compose } from '../wire/pipeline.ts';
import type { Layer } from '../wire/pipeline.ts';
import { createCall } from './call.ts';
import type { Call } from './call.ts';

/** What the methods of the client are made with. */
export interface Core {
  readonly call: Call;
  /** The same, for what is delivered in the background: continues while the client is being closed. */
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
  /** Reports something that the operator should know. */
  readonly warn: Warn;
  /** Epoch milliseconds. */
  now(): number;
  /** A new UUIDv7. */
  newId(): string;
  /** Refuses further calls, waits for those in flight and for what is in the background, closes the connections. */
  close(delivered: Promise<void>): Promise<void>;
}

/** The ports of the client. */
export interface CoreDeps {
  readonly transport: Transport;
  /**
   * For what is delivered in the background, where that must not keep the process alive. Default: the same as of the
   * calls.
   */
  readonly background?: { readonly transport: Transport; readonly clock: Clock };
  /** What answers in test mode, instead of the service. */
  readonly openOffline: (context: OfflineContext) => Transport;
  readonly clock: Clock;
  readonly random: Random;
  readonly newId: () => string;
}

export function createCore(config: ClientConfig, deps: CoreDeps): Core {
  const { clock, newId } = deps;
  const redactEvent = createEventRedactor(config.redact);
  const warn = createWarner(config.warningLogger);
  return {
    ...createCalls(config, { ...deps, warn }),
    warn,
    project: config.project,
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
  };
}

/** The pipeline, twice: for the calls of the application, and for what is delivered in the background. */
function createCalls(
  config: ClientConfig,
  deps: CoreDeps & Pick<Core, 'warn'>,
): Pick<Core, 'call' | 'backgroundCall' | 'close'> {
  const { clock, random, newId } = deps;
  const { project, rateLimit: limit, isTestMode, timeoutMs, headers } = config;
  const inFlight = createInFlight();
  const offline = isTestMode ? deps.openOffline({ project, now: clock.now, newId }) : null;
  const transport = offline ?? deps.transport;
  const background = { clock, transport, ...(offline === null ? deps.background : {}) };
  // One for both: they share the limit. In test mode there is no service to spare, and none that asks for a key.
  const limiting = limit === null || isTestMode ? [] : [rateLimit(limit, clock)];
  const redact = createRedact(secretsOf(config));
  const observer = config.log === null ? null : observe(config.log, { clock, redact });
  const service = config.transport.baseUrl;
  const tracing = config.tracer === null ? [] : [trace(config.tracer, { service, redact })];
  const route = { apiKey: config.apiKey, baseUrl: service };
  const isKeyed = !isTestMode && config.credentials !== 'cookie';
  const toLayers = (layerClock: Clock): Layer[] => [
    deadline(layerClock),
    ...(observer === null ? [] : [observer.call]),
    retry(config.retry, { clock, random }),
    ...limiting,
    ...tracing,
    ...(observer === null ? [] : [observer.attempt]),
    ...(isKeyed ? [auth, ...warnOfKeyRisks(route, deps.warn)] : []),
  ];
  const authorization = isKeyed ? authorizationOf(config.apiKey) : {};
  const around = { clock, redact, timeoutMs, headers: { ...authorization, ...headers } };
  let closing: Promise<void> | undefined;
  return {
    call: createCall({
      ...around,
      send: compose([inFlight.layer, ...toLayers(clock)], transport.send),
    }),
    backgroundCall: createCall({
      ...around,
      send: compose(toLayers(background.clock), background.transport.send),
    }),
    close: (delivered) =>
      (closing ??= Promise.all([
        inFlight.drain().then(transport.close),
        delivered.then(background.transport.close),
      ]).then(() => undefined)),
  };
}

function secretsOf({ apiKey, headers, transport }: ClientConfig): string[] {
  const authorization = headers['authorization']?.replace(/^\w+\s+/, '');
  return [apiKey, authorization, transport.proxy?.credentials?.password].filter(
    (secret) => secret !== null && secret !== undefined,
  );
}
