import { readFile } from 'node:fs/promises';
import { ConfigError } from './config.ts';
import type { ServerConfig } from './config.ts';
import { parseClickHouse, parsePostgresUrl, parseSmtpUrl } from './config-option.ts';
import { parseKeyId } from './keys/key-id.ts';
import { parseClickHouseUrl } from './store/events/engine/clickhouse-address.ts';
import type { ClickHouseTarget } from './store/events/engine/clickhouse-address.ts';

/** A line that makes a key, for messages. */
const generateKey = 'echo "hh_$(openssl rand -hex 6)_$(openssl rand -hex 16)"';

/** The text in a file, without the space around it. What is in it gets into no message. */
async function readSecret(env: string, path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new ConfigError([`${env} ${JSON.stringify(path)} cannot be read: ${reason}`]);
  }
}

/**
 * The key that the first start makes.
 *
 * @throws {ConfigError} when the file cannot be read or holds no key
 */
export async function readFirstKey(path: string): Promise<string> {
  const key = await readSecret('HH_FIRST_KEY_FILE', path);
  if (parseKeyId(key) !== null) return key;
  throw new ConfigError([
    `HH_FIRST_KEY_FILE ${JSON.stringify(path)} must hold one key: hh_, 12 letters or digits, _, 32 letters or digits. This makes one: ${generateKey}`,
  ]);
}

/**
 * The key that the metrics need; null when they need none.
 *
 * @param path `none`, or a file
 * @throws {ConfigError} when the file cannot be read, or holds no text that can be a bearer token
 */
export async function readMetricsKey(path: string): Promise<string | null> {
  if (path === 'none') return null;
  const key = await readSecret('HH_METRICS_KEY_FILE', path);
  // Source: RFC 6750 section 2.1, `b64token`.
  if (/^[\w.~+/-]{16,512}=*$/.test(key)) return key;
  throw new ConfigError([
    `HH_METRICS_KEY_FILE ${JSON.stringify(path)} must hold 16 to 512 letters, digits or - . _ ~ + /, nothing else. This makes some: openssl rand -hex 24`,
  ]);
}

/**
 * The mail server; null without one.
 *
 * @throws {ConfigError} when the file cannot be read, or holds no such URL
 */
export async function readSmtp({
  smtpUrl,
  smtpUrlFile,
  smtpFrom: from,
}: Pick<ServerConfig, 'smtpUrl' | 'smtpUrlFile' | 'smtpFrom'>): Promise<{
  readonly url: string;
  readonly from: string;
} | null> {
  const url =
    smtpUrlFile === 'none'
      ? smtpUrl
      : parseSmtpUrl(await readSecret('HH_SMTP_URL_FILE', smtpUrlFile));
  if (typeof url === 'object')
    throw new ConfigError([`HH_SMTP_URL_FILE ${JSON.stringify(smtpUrlFile)}: ${url.problem}`]);
  return url === 'none' ? null : { url, from };
}

/** Settings that say where the events are. */
type ClickHouseConfig = Pick<
  ServerConfig,
  | 'clickhouseUrl'
  | 'clickhouseUrlFile'
  | 'clickhousePasswordFile'
  | 'clickhouseCaFile'
  | 'clickhouseCluster'
  | 'clickhouseInsertQuorum'
>;

/**
 * The ClickHouse servers that have the events; null: they are in the data folder.
 *
 * @throws {ConfigError} when a file cannot be read, or holds no such URL
 */
export async function readClickHouse(config: ClickHouseConfig): Promise<ClickHouseTarget | null> {
  const address = await readClickHouseUrl(config);
  if (address === null) return null;
  const { clickhousePasswordFile, clickhouseCaFile, clickhouseCluster: cluster } = config;
  const readFrom = async (env: string, path: string): Promise<string | null> =>
    path === 'none' ? null : readSecret(env, path);
  const password = await readFrom('HH_CLICKHOUSE_PASSWORD_FILE', clickhousePasswordFile);
  const caCert = await readFrom('HH_CLICKHOUSE_CA_FILE', clickhouseCaFile);
  return {
    ...address,
    password: password ?? address.password,
    caCert: caCert === null ? null : Buffer.from(caCert),
    cluster: cluster === 'none' ? null : cluster,
    insertQuorum: config.clickhouseInsertQuorum,
  };
}

async function readClickHouseUrl({
  clickhouseUrl,
  clickhouseUrlFile,
}: Pick<ClickHouseConfig, 'clickhouseUrl' | 'clickhouseUrlFile'>) {
  if (clickhouseUrlFile === 'none') return parseClickHouseUrl(clickhouseUrl);
  const url = parseClickHouse(await readSecret('HH_CLICKHOUSE_URL_FILE', clickhouseUrlFile));
  if (typeof url === 'string') return parseClickHouseUrl(url);
  throw new ConfigError([
    `HH_CLICKHOUSE_URL_FILE ${JSON.stringify(clickhouseUrlFile)} ${url.problem}`,
  ]);
}

/**
 * Where the metadata is, if not in the data folder.
 *
 * @returns a URL with a password; null: in the data folder
 * @throws {ConfigError} when the file cannot be read, or holds no such URL
 */
export async function readPostgresUrl({
  postgresUrl,
  postgresUrlFile,
}: Pick<ServerConfig, 'postgresUrl' | 'postgresUrlFile'>): Promise<string | null> {
  const url =
    postgresUrlFile === 'none'
      ? postgresUrl
      : parsePostgresUrl(await readSecret('HH_POSTGRES_URL_FILE', postgresUrlFile));
  if (typeof url === 'object')
    throw new ConfigError([
      `HH_POSTGRES_URL_FILE ${JSON.stringify(postgresUrlFile)}: ${url.problem}`,
    ]);
  return url === 'none' ? null : url;
}

/**
 * The text in the file of the secrets key; null without a file: then that of the data folder is used.
 *
 * @throws {ConfigError} when the file cannot be read, or holds too little
 */
export async function readSecretsKey(path: string): Promise<string | null> {
  if (path === 'none') return null;
  const key = await readSecret('HH_SECRETS_KEY_FILE', path);
  if (key.length >= 32) return key;
  throw new ConfigError([
    `HH_SECRETS_KEY_FILE ${JSON.stringify(path)} must hold at least 32 random characters. This makes some: openssl rand -hex 32`,
  ]);
}
