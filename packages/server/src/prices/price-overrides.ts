import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { toCount } from '../domain/token-use.ts';
import type { ModelPrice } from './model-price.ts';

/** A price that a project set for the models of a pattern. */
interface PriceOverride {
  readonly matches: (model: string) => boolean;
  readonly price: ModelPrice;
}

/** Finds the price that a project set for a model; null if none matches. */
export type FindOverride = (models: readonly string[], provider: string) => ModelPrice | null;

/** The prices in the settings of a project: the first whose pattern matches counts. */
export function readOverrides(settings: JsonObject): FindOverride {
  const prices = settings['prices'];
  const overrides = Array.isArray(prices) ? prices.flatMap(toOverride) : [];
  return (models, provider) => {
    if (overrides.length === 0) return null;
    const names = models.flatMap((model) => {
      const name = model.trim().toLowerCase();
      return [name, `${provider.trim().toLowerCase()}/${name}`];
    });
    return overrides.find(({ matches }) => names.some(matches))?.price ?? null;
  };
}

function toOverride(value: unknown): PriceOverride[] {
  if (!isJsonObject(value) || typeof value['model'] !== 'string') return [];
  const rate = (name: string): number | undefined => toCount(value[name]) ?? undefined;
  return [
    {
      matches: toMatcher(value['model'].trim().toLowerCase()),
      price: {
        input_mtok: rate('input') ?? 0,
        output_mtok: rate('output') ?? 0,
        cache_read_mtok: rate('cache_read'),
        cache_write_mtok: rate('cache_write'),
      },
    },
  ];
}

/** `*` stands for any text. Parts are looked for one after the other: no pattern can take long. */
function toMatcher(pattern: string): (model: string) => boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return (model) => model === first;
  return (model) => {
    if (!model.startsWith(first) || !model.endsWith(last)) return false;
    let at = first.length;
    for (const part of rest) {
      const found = model.indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
    return at <= model.length - last.length;
  };
}
