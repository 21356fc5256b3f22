import type { SettingsStore } from '../settings/settings-store.ts';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';

/** Other processes may change settings: what they wrote counts after this, at the latest. */
const rememberMs = 1_000;
const maxRemembered = 10_000;

/** The share of its sessions that each project keeps. */
export interface SamplingRates {
  /** 0 to 1; 1 when the project says nothing. */
  of(projectId: string): Promise<number>;
  /** Reads it again the next time: it was changed here. */
  forget(projectId: string): void;
}

export function createSamplingRates(
  metadata: Pick<SettingsStore, 'readSettings'>,
  clock: Clock,
): SamplingRates {
  const remembered = new LRUCache<string, { readonly rate: number; readonly until: number }>({
    max: maxRemembered,
  });
  return {
    async of(projectId) {
      const known = remembered.get(projectId);
      if (known && known.until > clock.monotonicMs()) return known.rate;
      const { settings } = await metadata.readSettings(projectId);
      const value = settings['sampling_rate'];
      const rate = typeof value === 'number' ? value : 1;
      remembered.set(projectId, { rate, until: clock.monotonicMs() + rememberMs });
      return rate;
    },
    forget: (projectId) => void remembered.delete(projectId),
  };
}
