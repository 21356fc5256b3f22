import { createChdbConnection } from 'chdb/connection';
import type { ChdbConnection } from 'chdb/connection';
import type { QueryRequest } from './query-request.ts';
import { notImplemented } from './server-error.ts';
import { findByComment, parseInsert, requireOneStatement } from './statements.ts';
import type { RawInsert } from './statements.ts';

/** What a query came to. */
export interface QueryResult {
  readonly bytes: Uint8Array;
  readonly rowsRead: number;
  readonly bytesRead: number;
  readonly rowsWritten: number;
  readonly elapsedSeconds: number;
}

const insertFormats = [
  'TabSeparated',
  'TSV',
  'JSONEachRow',
  'JSONCompactEachRow',
  'CSV',
  'TabSeparatedWithNames',
  'TSVWithNames',
  'CSVWithNames',
] as const;

const toText = (value: string): string =>
  `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\0', '\\0')}'`;

const toName = (name: string): string => `\`${name.replaceAll('`', '\\`')}\``;

/** `readonly` last: it forbids what follows. */
function toSettings({ settings, queryId }: QueryRequest): string {
  const all = new Map([['log_comment', queryId], ...settings]);
  const readonly = all.get('readonly');
  all.delete('readonly');
  const list = [...all, ...(readonly === undefined ? [] : [['readonly', readonly] as const])];
  return `SET ${list.map(([name, value]) => `${name} = ${toText(value)}`).join(', ')}`;
}

/** The engine in this process: one session for each query, so that no setting survives it. */
export class QueryEngine {
  readonly #path: string;
  /** Keeps the engine open between queries, and ends those whose client disconnected. */
  readonly #keeper: ChdbConnection;

  constructor(path: string) {
    this.#path = path;
    this.#keeper = createChdbConnection({ path });
  }

  async version(): Promise<string> {
    return (await this.#keeper.chdb.queryAsync('SELECT version()', { format: 'TSV' }))
      .text()
      .trim();
  }

  async run(request: QueryRequest): Promise<QueryResult> {
    const session = createChdbConnection({ path: this.#path });
    try {
      if (request.database !== 'default')
        await session.chdb.queryAsync(`USE ${toName(request.database)}`);
      await session.chdb.queryAsync(toSettings(request));
      const insert = parseInsert(request.query);
      return await (insert === null
        ? this.#ask(session, request)
        : store(session, insert, request));
    } finally {
      await session.close();
    }
  }

  async kill(queryId: string): Promise<void> {
    const where = `Settings['log_comment'] = ${toText(queryId)}`;
    await this.#keeper.chdb.queryAsync(`KILL QUERY WHERE ${where} ASYNC`);
  }

  close(): Promise<void> {
    return this.#keeper.close();
  }

  async #ask(session: ChdbConnection, request: QueryRequest): Promise<QueryResult> {
    const { query, body, params, format } = request;
    const text = body.toString('utf8');
    const sql = query === '' || text === '' ? query + text : `${query}\n${text}`;
    requireOneStatement(sql);
    for (const [name, value] of params)
      await session.chdb.queryAsync(`SET ${name} = ${toText(value)}`);
    const result = await session.chdb.queryAsync(findByComment(sql), { format });
    return {
      bytes: result.bytes(),
      rowsRead: result.rowsRead,
      bytesRead: result.bytesRead,
      rowsWritten: 0,
      elapsedSeconds: result.elapsed,
    };
  }
}

async function store(
  session: ChdbConnection,
  { table, columns, format }: RawInsert,
  { body }: QueryRequest,
): Promise<QueryResult> {
  const known = insertFormats.find((name) => name === format);
  if (known === undefined) throw notImplemented(`an insert in ${format}`);
  const { rowsWritten, elapsed } = await session.chdb.rawInsert({
    table,
    values: body,
    format: known,
    ...(columns === null ? {} : { columns }),
  });
  const nothing = { bytes: new Uint8Array(), rowsRead: 0, bytesRead: 0 };
  return { ...nothing, rowsWritten, elapsedSeconds: elapsed };
}
