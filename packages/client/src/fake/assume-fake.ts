import type { HoneyHiveClient } from '../client/client.ts';
import type { FakeHoneyHive } from './fake-types.ts';

/** A proxy that answers to every name of the type: those of a client, and those of the fake's controls. */
export const assumeFake = (proxy: HoneyHiveClient): FakeHoneyHive =>
  proxy as unknown as FakeHoneyHive;
