import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';

/** HTTP methods of the contract. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Status of an answer that is what the caller asked for. */
export type SuccessStatus = 200 | 201 | 202 | 204;

/** Status of an answer that is neither the usual one nor an error. */
export type OtherStatus = 206 | 304;

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

/** A part of the vendor's contract. */
export interface Source {
  /** Heading in docs/contract.md. */
  readonly section: string;
  /** Generation of clients, or the client, that calls it so. Default: several. */
  readonly of?: string;
}

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
  /** Content types of the answer. Default: `application/json` alone. */
  readonly produces?: readonly string[];
  /** Status when the request was carried out. Default 200. */
  readonly status?: SuccessStatus;
  /** Further statuses that are no errors, each with what it means. */
  readonly otherStatuses?: Readonly<Partial<Record<OtherStatus, string>>>;
  /** Headers of the answer beside those of every answer, in lower case, each with what it says. */
  readonly headers?: Readonly<Record<string, string>>;
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
  readonly source: Source | 'ours';
}
