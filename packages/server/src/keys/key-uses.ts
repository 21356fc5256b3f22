import type { KeyStore } from './key-store.ts';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';

const everyMs = 60_000;

export interface KeyUsesDeps {
  readonly metadata: Pick<KeyStore, 'saveKeyUses' | 'listKeyUses'>;
  readonly clock: Pick<Clock, 'now' | 'every'>;
  readonly logger: Pick<Logger, 'error'>;
}

/** When each key was last shown by a request. */
export interface KeyUses {
  note(keyId: string): void;
  /** Epoch milliseconds by id; keys that nobody used are left out. */
  list(): Promise<ReadonlyMap<string, number>>;
  /** Saves what is new. */
  close(): Promise<void>;
}

/** Kept in memory and saved once a minute: a killed process loses the uses of its last minute. */
export function createKeyUses({ metadata, clock, logger }: KeyUsesDeps): KeyUses {
  let unsaved = new Map<string, number>();
  const save = async (): Promise<void> => {
    const saving = unsaved;
    unsaved = new Map();
    try {
      await metadata.saveKeyUses(saving);
    } catch (error) {
      unsaved = new Map([...saving, ...unsaved]);
      logger.error({ err: error }, 'the last uses of keys could not be saved');
    }
  };
  const stop = clock.every(everyMs, () => void save());
  return {
    note: (keyId) => void unsaved.set(keyId, clock.now()),
    list: async () => {
      const saved = await metadata.listKeyUses();
      return new Map([...saved, ...unsaved]);
    },
    close() {
      stop();
      return save();
    },
  };
}
