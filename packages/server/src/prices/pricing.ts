import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import type { ServerConfig } from '../config.ts';
import { noPricing } from '../domain/pricing.ts';
import type { Pricer, Pricing } from '../domain/pricing.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { costOf } from './model-price.ts';
import { readOverrides } from './price-overrides.ts';
import type { FindOverride } from './price-overrides.ts';
import type { PriceTable } from './price-table.ts';

/** Other processes may change settings: what they wrote counts after this, at the latest. */
const cacheMs = 1_000;
const maxRemembered = 10_000;

const unknown = { costUsd: 0, costSource: 'unknown' } as const;

/** Prices of calls: the project's own, then those of the table. */
export function createPricer(table: PriceTable, findOverride: FindOverride): Pricer {
  return ({ models, provider, tokens, startTime }) => {
    const own = findOverride(models, provider);
    const ownCost = own && costOf(own, tokens);
    if (ownCost !== null) return { costUsd: ownCost, costSource: 'override' };
    for (const model of models) {
      const price = table.find(model, provider, startTime);
      const cost = price && costOf(price, tokens);
      if (cost !== null) return { costUsd: cost, costSource: 'table' };
    }
    return unknown;
  };
}

/** The table is 0.8 MB of code, which takes a fifth of a second to load: only if it is used. */
export async function openPricing(
  { priceTable }: Pick<ServerConfig, 'priceTable'>,
  services: PricingServices,
): Promise<Pricing> {
  if (priceTable === 'off') return noPricing;
  const { createPriceTable } = await import('./price-table.ts');
  return createPricing(services, createPriceTable());
}

interface PricingServices {
  readonly metadata: Pick<SettingsStore, 'readSettings'>;
  readonly clock: Pick<Clock, 'monotonicMs'>;
}

export function createPricing({ metadata, clock }: PricingServices, table: PriceTable): Pricing {
  const withoutOverrides = createPricer(table, () => null);
  const cached = new LRUCache<string, { readonly pricer: Pricer; readonly until: number }>({
    max: maxRemembered,
  });
  return {
    table: table.version,
    async of(projectId) {
      const known = cached.get(projectId);
      if (known && known.until > clock.monotonicMs()) return known.pricer;
      const { settings } = await metadata.readSettings(projectId);
      const pricer =
        settings['prices'] === undefined
          ? withoutOverrides
          : createPricer(table, readOverrides(settings));
      cached.set(projectId, { pricer, until: clock.monotonicMs() + cacheMs });
      return pricer;
    },
    known: (projectId) => cached.get(projectId)?.pricer ?? withoutOverrides,
    evict: (projectId) => void cached.delete(projectId),
  };
}
