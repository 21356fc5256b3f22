import { createCore } from '../call/core.ts';
import { HoneyHiveClient } from '../client/client.ts';
import { createDelivery } from '../delivery/delivery.ts';
import { webPlatform } from '../delivery/platform.ts';
import { toConfig } from '../options/config.ts';
import { resolveOptions } from '../options/resolve-options.ts';
import { backgroundTimers, systemClock, systemFillRandom, systemRandom } from '../runtime/clock.ts';
import { createIds } from '../runtime/ids.ts';
import { createOfflineTransport } from '../transport/offline.ts';
import { assumeFake } from './assume-fake.ts';
import { amend } from './fake-answer.ts';
import { createFakeProgram } from './fake-program.ts';
import type { FakeProgram } from './fake-program.ts';
import type { FakeHoneyHive, FakeOptions, FakeTimes } from './fake-types.ts';

/** A client in test mode, whatever the environment says. */
class OfflineClient extends HoneyHiveClient {
  constructor(options: FakeOptions) {
    const config = toConfig(resolveOptions({ ...options, testMode: true }, {}));
    const newId = createIds(systemClock.now, systemFillRandom);
    const { now } = systemClock;
    const core = createCore(config, {
      transport: createOfflineTransport({ project: config.project, now, newId }),
      openOffline: createOfflineTransport,
      clock: systemClock,
      random: systemRandom,
      newId,
    });
    const delivery = createDelivery(config.delivery, {
      core,
      platform: webPlatform,
      clock: systemClock,
      timers: backgroundTimers,
      random: systemRandom,
    });
    super({ core, delivery, baseUrl: config.transport.baseUrl });
  }
}

/** A call as it is kept. */
interface Recorded {
  readonly method: string;
  readonly parameters: readonly unknown[];
}

/**
 * A client for the tests of an application: opens no connection, and needs no key and no service.
 *
 * Calls are recorded, checked as the service would check them, and answered in the right shape, as
 * in test mode; a test can plan other answers, and failures.
 *
 * @throws {HoneyHiveConfigError} when the options cannot be used
 * @example
 * ```ts
 * import { createFakeHoneyHive } from 'honeyhive/testing';
 *
 * const fake = createFakeHoneyHive();
 * fake.answer('createSession', { session_id: 'session-1' });
 * await new SupportBot(fake).answer('Where is my order?');
 * expect(fake.callsOf('createEvent')).toHaveLength(2);
 * ```
 */
export function createFakeHoneyHive(options: FakeOptions = {}): FakeHoneyHive {
  const client = new OfflineClient(options);
  const program = createFakeProgram();
  const calls: Recorded[] = [];
  const controls: Readonly<Record<string, unknown>> = toControls(program, calls);
  const context = { now: systemClock.now, project: client.project };

  const play = (call: Recorded, run: () => unknown): unknown => {
    calls.push(call);
    const step = program.take(call.method);
    const returned = run();
    return step === null ? returned : amend(returned, step, { ...call, context });
  };
  return assumeFake(
    new Proxy(client, {
      get(target, name) {
        if (typeof name === 'string' && Object.hasOwn(controls, name)) return controls[name];
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        const run = (parameters: unknown[]): unknown => Reflect.apply(value, target, parameters);
        if (typeof name === 'symbol' || name === 'close' || name === 'constructor') {
          return name === 'constructor' ? value : (...parameters: unknown[]) => run(parameters);
        }
        return (...parameters: unknown[]) =>
          play({ method: name, parameters }, () => run(parameters));
      },
      has: (target, name) => name in controls || Reflect.has(target, name),
    }),
  );
}

const toControls = (program: FakeProgram, calls: Recorded[]) => ({
  calls,
  callsOf: (name: string) =>
    calls.filter(({ method }) => method === name).map(({ parameters }) => parameters),
  answer: (method: string, answer: unknown, { times }: FakeTimes = {}) =>
    program.add(method, { kind: 'answer', answer }, times),
  fail: (method: string, error: Error, { times }: FakeTimes = {}) =>
    program.add(method, { kind: 'failure', error }, times),
  reset() {
    calls.length = 0;
    program.clear();
  },
});
