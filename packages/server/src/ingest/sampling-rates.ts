import type { SettingsStore } from '../settings/settings-store.ts';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';

/** Other processes may change settings: what they wrote counts after this, at the latest. */
const cacheMs = 1_000;
const maxRemembered = 10_000;

/** The share of its sessions that each project keeps. */
export interface SamplingRates {
  /** 0 to 1; 1 when the project says nothing. */
  of(projectId: string): Promise<number>;
  /** Reads it again the next time: it was changed here. */
  evict(projectId: string): void;
}

export function createSamplingRates(
  metadata: Pick<SettingsStore, 'readSettings'>,
  clock: Clock,
): SamplingRates {
  const cached = new LRUCache<string, { readonly rate: number; readonly until: number }>({
    max: maxRemembered,
  });
  return {
    async of(projectId) {
      const known = cached.get(projectId);
      if (known && known.until > clock.monotonicMs()) return known.rate;
      const { settings } = await metadata.readSettings(projectId);
      const value = settings['sampling_rate'];
      const rate = typeof value === 'number' ? value : 1;
      cached.set(projectId, { rate, until: clock.monotonicMs() + cacheMs });
      return rate;
    },
    evict: (projectId) => void cached.delete(projectId),
  };
}
