import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { deflate, gzip } from 'node:zlib';
import type { QueryEngine, QueryResult } from './query-engine.ts';
import { readCredentials, readQueryRequest } from './query-request.ts';
import type { QueryRequest } from './query-request.ts';
import { Refusal, toServerError } from './server-error.ts';

export interface HttpInterfaceOptions {
  readonly engine: QueryEngine;
  readonly version: string;
  readonly user: string;
  readonly password: string;
}

const encoders = { gzip: promisify(gzip), deflate: promisify(deflate) };

/** How a result is compressed; null: it is not. */
function chooseEncoder(request: IncomingMessage, { settings }: QueryRequest) {
  if (settings.get('enable_http_compression') !== '1') return null;
  const accepted = String(request.headers['accept-encoding'] ?? '');
  const name = (['gzip', 'deflate'] as const).find((each) => accepted.includes(each));
  return name === undefined ? null : { name, encode: encoders[name] };
}

const toSummary = (result: QueryResult): string =>
  JSON.stringify({
    read_rows: String(result.rowsRead),
    read_bytes: String(result.bytesRead),
    written_rows: String(result.rowsWritten),
    written_bytes: '0',
    total_rows_to_read: '0',
    result_rows: '0',
    result_bytes: String(result.bytes.length),
    elapsed_ns: String(Math.round(result.elapsedSeconds * 1e9)),
  });

const readSearch = ({ url = '/' }: IncomingMessage): URL => new URL(url, 'http://server');

function authenticate(
  request: IncomingMessage,
  search: URLSearchParams,
  options: HttpInterfaceOptions,
): void {
  const { user, password } = readCredentials(request, search);
  if (user === options.user && password === options.password) return;
  const message = `${user}: Authentication failed: password is incorrect, or there is no user with such name`;
  throw new Refusal(516, 'AUTHENTICATION_FAILED', message);
}

async function answerQuery(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpInterfaceOptions,
): Promise<void> {
  const { searchParams } = readSearch(request);
  authenticate(request, searchParams, options);
  const query = await readQueryRequest(request, searchParams);
  const isCancelled = query.settings.get('cancel_http_readonly_queries_on_client_close') === '1';
  response.on('close', () => {
    if (isCancelled && !response.writableEnded)
      // The query may have ended meanwhile.
      options.engine.kill(query.queryId).catch(() => undefined);
  });
  response.setHeader('X-ClickHouse-Query-Id', query.queryId);
  const result = await options.engine.run(query);
  const encoder = chooseEncoder(request, query);
  if (encoder !== null) response.setHeader('Content-Encoding', encoder.name);
  response.setHeader('X-ClickHouse-Format', query.format);
  response.setHeader('X-ClickHouse-Summary', toSummary(result));
  response.end(encoder === null ? result.bytes : await encoder.encode(result.bytes));
}

function answerError(response: ServerResponse, error: unknown, version: string): void {
  const { status, code, text } = toServerError(error, version);
  response.statusCode = status;
  response.setHeader('X-ClickHouse-Exception-Code', code);
  response.end(text);
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpInterfaceOptions,
): Promise<void> {
  const { pathname, search } = readSearch(request);
  const isQuestion = request.method === 'GET' && search === '';
  response.setHeader('X-ClickHouse-Server-Display-Name', 'testkit');
  response.setHeader('X-ClickHouse-Timezone', 'UTC');
  response.setHeader('Content-Type', 'text/plain; charset=UTF-8');
  if (isQuestion && (pathname === '/ping' || pathname === '/')) {
    response.end('Ok.\n');
  } else if (pathname === '/') {
    await answerQuery(request, response, options).catch((error: unknown) =>
      answerError(response, error, options.version),
    );
  } else {
    response.statusCode = 404;
    response.end(`There is no handle ${pathname}\n`);
  }
}

/** The HTTP interface of a ClickHouse server over an engine. */
export const createHttpInterface = (options: HttpInterfaceOptions): Server =>
  createServer({ keepAliveTimeout: 10_000 }, (request, response) => {
    void answer(request, response, options);
  });
