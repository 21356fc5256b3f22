import { createCore } from './call/core.ts';
import type { Core, CoreDeps } from './call/core.ts';
import { splitOptions, unavailable } from './fetch-options.ts';
import type { FetchOptions } from './fetch-options.ts';
import { toConfig } from './options/config.ts';
import type { ClientConfig } from './options/config.ts';
import { readEnvironment } from './options/environment.ts';
import { resolveOptions } from './options/resolve-options.ts';
import { systemClock, systemFillRandom, systemRandom } from './runtime/clock.ts';
import { createIds } from './runtime/ids.ts';
import { createFetchTransport } from './transport/fetch.ts';

/** What clients on `fetch` are made with, out of their options and the environment. */
export function createFetchCore(
  options: FetchOptions | undefined,
  openOffline: CoreDeps['openOffline'],
): {
  readonly core: Core;
  readonly config: ClientConfig;
} {
  const { fetch, credentials, rest } = splitOptions(options);
  const resolved = resolveOptions(rest, readEnvironment(), unavailable);
  const config = { ...toConfig(resolved), credentials };
  const core = createCore(config, {
    transport: createFetchTransport(config.transport, { clock: systemClock, fetch }),
    openOffline,
    clock: systemClock,
    random: systemRandom,
    newId: createIds(systemClock.now, systemFillRandom),
  });
  return { core, config };
}
