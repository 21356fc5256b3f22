import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';

/** HTTP methods of the contract. */
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** What a key must be allowed to do. */
export type Access =
  /** No key needed. */
  | 'public'
  /** Any key that is not ingestion-only. */
  | 'read'
  /** Any key that is not read-only: sessions and events in. */
  | 'ingest'
  /** A full key: deletes, projects, settings. */
  | 'write';

/** One endpoint, as data. Server binding, OpenAPI, reference pages and tests are derived from it. */
export interface Operation {
  readonly id: string;
  readonly method: Method;
  /** All paths that serve this operation with the same shapes; `{name}` marks a parameter. */
  readonly paths: readonly string[];
  readonly tag:
    | 'health'
    | 'sessions'
    | 'events'
    | 'projects'
    | 'settings'
    | 'keys'
    | 'audit'
    | 'sign-in'
    | 'explore'
    | 'opentelemetry';
  readonly summary: string;
  readonly access: Access;
  /** Which project the answer is confined to: one, or those of the whole organisation. */
  readonly scope: 'none' | 'project' | 'organisation';
  /** Key under which a client may wrap the body; the wrapped value may also be JSON text. */
  readonly wrapper?: string;
  /** Keys of the body that hold a list of events, of which each is checked by itself. */
  readonly lists?: readonly string[];
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly response: z.ZodType;
  /** Type of the answer. Default `application/json`. */
  readonly produces?: string;
  /**
   * `otlp`: the body may also be `application/x-protobuf`; answers come as it came, errors as `google.rpc.Status`.
   * Source: OTLP specification 1.5, "OTLP/HTTP".
   */
  readonly format?: 'otlp';
  /** Codes beyond those that any operation may answer with. */
  readonly errors: readonly ErrorCode[];
  /** Whether sending the same request twice has the effect of sending it once. */
  readonly idempotent: boolean;
  /** Where the shape comes from. */
  readonly source: string;
}
