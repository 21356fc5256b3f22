import type { HoneyHiveClient } from './client.ts';
import type { RedactOption } from './event-redactor.ts';
import type { FakeHoneyHive } from './fake-types.ts';
import type { ResolvedOptions } from './resolve-options.ts';

/** A JSON object of unknown content. */
export type JsonObject = Record<string, unknown>;

// The one place of this package where a type is asserted: each function says what was checked before.

/** Each value was read by the reader of its row in the option table. */
export const assumeOptions = (values: JsonObject): ResolvedOptions =>
  values as unknown as ResolvedOptions;

/** The fields that the caller relies on were checked; the rest is as the service sent it. */
export const assumeShape = <Shape>(value: JsonObject): Shape => value as unknown as Shape;

/** {@link findRedactProblem} found nothing wrong. */
export const assumeRedact = (value: unknown): RedactOption => value as RedactOption;

/** A proxy that answers to every name of the type: those of a client, and those of the fake's controls. */
export const assumeFake = (proxy: HoneyHiveClient): FakeHoneyHive =>
  proxy as unknown as FakeHoneyHive;
