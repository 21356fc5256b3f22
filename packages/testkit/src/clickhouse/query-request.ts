import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { createGunzip, createInflate } from 'node:zlib';
import { notImplemented } from './server-error.ts';

/** One query as it came over HTTP. */
export interface QueryRequest {
  /** Of the address; the body follows it. */
  readonly query: string;
  readonly body: Buffer;
  readonly queryId: string;
  readonly database: string;
  readonly settings: ReadonlyMap<string, string>;
  readonly params: ReadonlyMap<string, string>;
  /** Of a result whose statement names none. */
  readonly format: string;
}

/** Parameters of an address that are no settings. */
const ownNames = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'user',
  'password',
  'quota_key',
  'stacktrace',
  'wait_end_of_query',
  'buffer_size',
]);
const unsupported = ['session_id', 'role', 'compress', 'decompress'];

const headerOf = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
};

/** The credentials of a request, in the order in which the server looks for them. */
export function readCredentials(request: IncomingMessage, search: URLSearchParams) {
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (basic !== undefined) {
    const text = Buffer.from(basic, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    return { user: text.slice(0, colon), password: text.slice(colon + 1) };
  }
  return {
    user: headerOf(request, 'x-clickhouse-user') ?? search.get('user') ?? 'default',
    password: headerOf(request, 'x-clickhouse-key') ?? search.get('password') ?? '',
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  switch (headerOf(request, 'content-encoding') ?? 'identity') {
    case 'identity':
      return buffer(request);
    case 'gzip':
      return buffer(request.pipe(createGunzip()));
    case 'deflate':
      return buffer(request.pipe(createInflate()));
    default:
      throw notImplemented(`the content encoding ${request.headers['content-encoding']}`);
  }
}

/** Settings, and parameters of the query, in the order in which they came. */
function sortOut(search: URLSearchParams) {
  const settings = new Map<string, string>();
  const params = new Map<string, string>();
  for (const [name, value] of search) {
    if (unsupported.includes(name) && value !== '0') throw notImplemented(name);
    if (name.startsWith('param_')) params.set(name, value);
    else if (!ownNames.has(name) && !unsupported.includes(name)) settings.set(name, value);
  }
  return { settings, params };
}

/** Reads a request to its end. */
export async function readQueryRequest(
  request: IncomingMessage,
  search: URLSearchParams,
): Promise<QueryRequest> {
  const isForm = (headerOf(request, 'content-type') ?? '').startsWith('multipart/form-data');
  if (isForm) throw notImplemented('multipart/form-data');
  const { settings, params } = sortOut(search);
  // As the server: what is only asked for by GET changes nothing.
  if (request.method === 'GET') settings.set('readonly', '2');
  return {
    query: search.get('query') ?? '',
    body: await readBody(request),
    queryId: search.get('query_id') || randomUUID(),
    database: search.get('database') ?? headerOf(request, 'x-clickhouse-database') ?? 'default',
    settings,
    params,
    format:
      search.get('default_format') ?? headerOf(request, 'x-clickhouse-format') ?? 'TabSeparated',
  };
}
