// Those who compile without `esnext.disposable` need it for the types of `using`.
/// <reference lib="esnext.disposable" preserve="true" />
import type { HoneyHiveClient } from './client.ts';

/**
 * What a client does, for code that takes one as a parameter: a {@link HoneyHiveClient} of any kind,
 * the fake of `honeyhive/testing`, or a class of your own.
 *
 * Code that needs little asks for little: `Pick<HoneyHiveClientProtocol, 'createSession' | 'createEvent'>`.
 */
export interface HoneyHiveClientProtocol extends Pick<HoneyHiveClient, keyof HoneyHiveClient> {}
