import type { SettingsStore } from '../settings/settings-store.ts';
import { LRUCache } from 'lru-cache';
import { readSamplingRules } from '../domain/sampling-rules.ts';
import type { SamplingRules } from '../domain/sampling-rules.ts';
import type { Clock } from '../clock.ts';

/** Other processes may change settings: what they wrote counts after this, at the latest. */
const cacheMs = 1_000;
const maxRemembered = 10_000;

/** Which of its sessions each project keeps. */
export interface SamplingRates {
  of(projectId: string): Promise<SamplingRules>;
  /** Reads it again the next time: it was changed here. */
  evict(projectId: string): void;
}

export function createSamplingRates(
  metadata: Pick<SettingsStore, 'readSettings'>,
  clock: Clock,
): SamplingRates {
  const cached = new LRUCache<string, { readonly rules: SamplingRules; readonly until: number }>({
    max: maxRemembered,
  });
  return {
    async of(projectId) {
      const known = cached.get(projectId);
      if (known && known.until > clock.monotonicMs()) return known.rules;
      const { settings } = await metadata.readSettings(projectId);
      const rules = readSamplingRules(settings);
      cached.set(projectId, { rules, until: clock.monotonicMs() + cacheMs });
      return rules;
    },
    evict: (projectId) => void cached.delete(projectId),
  };
}
