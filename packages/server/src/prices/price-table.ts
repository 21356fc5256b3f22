import { calcPrice } from '@pydantic/genai-prices';
import { LRUCache } from 'lru-cache';
import { isLocal, modelNames } from './model-names.ts';
import type { ModelPrice } from './model-price.ts';

/** The package whose prices are bundled, and the day of its release. */
export const priceTableVersion = { version: '0.1.8', date: '2026-09-23' } as const;

const maxModels = 5_000;

/** Some prices begin on a day or hold for some hours of it, which begin at half hours. */
const slotMs = 1_800_000;

/** A model in the table: its price, or, if that depends on the time, how to find it. */
type Found = { readonly price: ModelPrice } | { readonly model: string; readonly provider: string };

/** Public prices of models. Nothing is fetched: they are those of the installed package. */
export interface PriceTable {
  readonly version: { readonly version: string; readonly date: string };
  /** null if the table does not have the model. */
  find(model: string, provider: string, startTime: number): ModelPrice | null;
}

export function createPriceTable(): PriceTable {
  const models = new LRUCache<string, { readonly found: Found | null }>({ max: maxModels });
  const slots = new LRUCache<string, { readonly price: ModelPrice | null }>({ max: maxModels });
  const lookUp = (model: string, provider: string): Found | null => {
    const key = `${provider}\n${model}`;
    const known = models.get(key);
    if (known) return known.found;
    const found = isLocal(provider) ? null : findModel(model, provider);
    models.set(key, { found });
    return found;
  };
  return {
    version: priceTableVersion,
    find(model, provider, startTime) {
      const found = lookUp(model, provider);
      if (found === null || 'price' in found) return found?.price ?? null;
      const slot = Math.floor(startTime / slotMs);
      const key = `${slot}\n${found.provider}\n${found.model}`;
      const known = slots.get(key);
      if (known) return known.price;
      const price = priceAt(found, slot * slotMs);
      slots.set(key, { price });
      return price;
    },
  };
}

function findModel(sent: string, sentProvider: string): Found | null {
  for (const { model, provider } of modelNames(sent, sentProvider)) {
    const result = calcPrice({}, model, provider === undefined ? {} : { providerId: provider });
    if (result === null) continue;
    return Array.isArray(result.model.prices)
      ? { model, provider: result.provider.id }
      : { price: result.model_price };
  }
  return null;
}

const priceAt = (
  { model, provider }: { readonly model: string; readonly provider: string },
  time: number,
): ModelPrice | null =>
  calcPrice({}, model, { providerId: provider, timestamp: new Date(time) })?.model_price ?? null;
