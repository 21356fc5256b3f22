import { readFile } from 'node:fs/promises';
import { ConfigError } from './config.ts';
import { parseKeyId } from './keys/key-id.ts';

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
