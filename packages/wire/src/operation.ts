import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';

/** HTTP methods of the contract. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Status of a successful response. */
export type SuccessStatus = 200 | 201 | 202 | 204;

/** Further status that is not an error. */
export type OtherStatus = 206 | 304;

/** Access that a key needs. */
export type Access =
  /** No key needed. */
  | 'public'
  /** Any key except `ingest`. */
  | 'read'
  /** Any key except `read`: writes sessions and events. */
  | 'ingest'
  /** A full key: deletes, projects, settings. */
  | 'write';

/** A part of the vendor's contract. */
export interface Source {
  /** Heading in docs/contract.md. */
  readonly section: string;
  /** Generation of clients, or the client, that uses it. Default: several. */
  readonly of?: string;
}

/** One endpoint, as data. Server binding, OpenAPI, reference pages and tests are derived from it. */
export interface Operation {
  readonly id: string;
  readonly method: Method;
  /** All paths that serve this operation with the same shapes; `{name}` marks a parameter. */
  readonly paths: readonly string[];
  /** What it is about; groups operations in documents. */
  readonly tag: string;
  readonly summary: string;
  readonly access: Access;
  /** Which projects the response covers: one, or those of the whole organisation. */
  readonly scope: 'none' | 'project' | 'organisation';
  /** Key under which a client may wrap the body; the wrapped value may also be JSON text. */
  readonly wrapper?: string;
  /** Keys of the body with a list of events that are validated separately. */
  readonly lists?: readonly string[];
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly response: z.ZodType;
  /** Content types of the answer. Default: `application/json` alone. */
  readonly produces?: readonly string[];
  /** Status on success. Default 200. */
  readonly status?: SuccessStatus;
  /** Further statuses that are not errors, with their meaning. */
  readonly otherStatuses?: Readonly<Partial<Record<OtherStatus, string>>>;
  /** Response headers in addition to the common ones, in lower case, with their meaning. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * `otlp`: the body may also be `application/x-protobuf`; responses use the same encoding, errors are a
   * `google.rpc.Status`. Source: OTLP specification 1.5, "OTLP/HTTP".
   */
  readonly format?: 'otlp';
  /** Error codes beyond the derived ones. */
  readonly errors: readonly ErrorCode[];
  /** Whether the operation is idempotent. */
  readonly idempotent: boolean;
  /** Source of the shape. */
  readonly source: Source | 'ours';
}
