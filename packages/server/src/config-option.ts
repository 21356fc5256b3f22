import { isIP } from 'node:net';
import { parseClickHouseUrl } from './store/events/engine/clickhouse-address.ts';

/** What is wrong with a text that was given for an option. */
export interface BadValue {
  readonly problem: string;
}

/** What every option has, whatever its type. */
interface OptionBase {
  /** Environment variable. */
  readonly env: string;
  /** Command-line flag, with its dashes. */
  readonly flag: string;
  /** What it does, for people. */
  readonly doc: string;
  /** True: never shown whole. */
  readonly secret?: boolean;
}

/** A free text. */
export interface TextOption extends OptionBase {
  readonly type: 'text';
  readonly unit: null;
  readonly default: string;
}

/** A folder; `~` at the start is the home folder, a relative path starts at the working folder. */
export interface FolderOption extends OptionBase {
  readonly type: 'folder';
  readonly unit: null;
  readonly default: string;
}

/** A file that is there before the start, or `none`; paths are as of a folder. */
export interface FileOption extends OptionBase {
  readonly type: 'file';
  readonly unit: null;
  readonly default: string;
}

/** The path of a URL: `/`, or `/` and names with `/` between them. */
export interface PathOption extends OptionBase {
  readonly type: 'path';
  readonly unit: null;
  readonly default: string;
}

/** Origins of web pages, with commas between them; `none`, or `*` for any. */
export interface OriginsOption extends OptionBase {
  readonly type: 'origins';
  readonly unit: null;
  readonly default: string;
}

/** Address of the service for browsers: scheme, host and port; or `none`. */
export interface UrlOption extends OptionBase {
  readonly type: 'url';
  readonly unit: null;
  readonly default: string;
}

/** Addresses, CIDR blocks and names of ranges, with commas between them; or `none`. */
export interface ProxiesOption extends OptionBase {
  readonly type: 'proxies';
  readonly unit: null;
  readonly default: string;
}

/** A mail server, with its user name and password; or `none`. */
export interface SmtpOption extends OptionBase {
  readonly type: 'smtp';
  readonly unit: null;
  readonly default: string;
}

/** ClickHouse servers, with user name, password and database; or `none`. */
export interface ClickHouseOption extends OptionBase {
  readonly type: 'clickhouse';
  readonly unit: null;
  readonly default: string;
}

/** A PostgreSQL database, with its user name and password; or `none`. */
export interface PostgresOption extends OptionBase {
  readonly type: 'postgres';
  readonly unit: null;
  readonly default: string;
}

/** A whole number; with the unit `bytes`, `KiB`, `MiB` and `GiB` may follow it. */
export interface IntegerOption extends OptionBase {
  readonly type: 'integer';
  readonly unit: 'bytes' | 'milliseconds' | 'days' | 'events' | 'projects' | 'connections' | null;
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

/** One of a few words. */
export interface ChoiceOption extends OptionBase {
  readonly type: 'choice';
  readonly unit: null;
  readonly default: string;
  readonly choices: readonly string[];
}

/** One row of a schema of options. */
export type ConfigOption =
  | TextOption
  | FolderOption
  | FileOption
  | PathOption
  | OriginsOption
  | UrlOption
  | ProxiesOption
  | SmtpOption
  | ClickHouseOption
  | PostgresOption
  | IntegerOption
  | ChoiceOption;

const bytesPerUnit: Readonly<Record<string, number>> = {
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
};

/** NaN when the text is no whole number of the unit. */
function parseCount(text: string, unit: IntegerOption['unit']): number {
  const [, digits = '', suffix] = /^(-?\d{1,15})\s*([A-Za-z]+)?$/.exec(text.trim()) ?? [];
  if (digits === '') return Number.NaN;
  if (suffix === undefined) return Number(digits);
  return unit === 'bytes' ? Number(digits) * (bytesPerUnit[suffix] ?? Number.NaN) : Number.NaN;
}

function parseInteger(text: string, option: IntegerOption): number | BadValue {
  const { min, max, unit } = option;
  const value = parseCount(text, unit);
  if (value >= min && value <= max) return value;
  const inUnit = unit === null ? '' : ` (${unit})`;
  return { problem: `must be a whole number from ${min} to ${max}${inUnit}` };
}

/** Without a slash at the end, but for `/` itself. */
function parsePath(text: string): string | BadValue {
  const path = text.replace(/(.)\/$/, '$1');
  if (/^(\/|(\/[\w~-][\w.~-]*)+)$/.test(path)) return path;
  return { problem: 'must be / or a path such as /honeyhive, of letters, digits and - . _ ~' };
}

/** Without spaces, each origin as browsers write it. */
function parseOrigins(text: string): string | BadValue {
  const entries = text.split(',').map((entry) => entry.trim());
  if (entries.length === 1 && /^(?:none|\*)$/.test(text.trim())) return text.trim();
  const origins = entries.map(toOrigin);
  const wrong = entries.find((_entry, index) => origins[index] === null);
  if (wrong === undefined) return origins.join(',');
  return {
    problem: `must be none, *, or origins such as https://app.example.com separated by commas; ${JSON.stringify(wrong)} is invalid`,
  };
}

/** Scheme, host and port alone; null when there is more, or less. */
function toOrigin(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isOrigin = url !== null && /^https?:\/\/[^/?#@*]+$/.test(text);
  return isOrigin ? url.origin : null;
}

function parseUrl(text: string): string | BadValue {
  if (text.trim() === 'none') return 'none';
  const origin = toOrigin(text.trim().replace(/\/$/, ''));
  return (
    origin ?? {
      problem:
        'must be none, or scheme, host and port alone, such as https://honeyhive.example.com; the path is HH_BASE_PATH',
    }
  );
}

const proxyRanges = ['loopback', 'linklocal', 'uniquelocal'];

/** Without spaces. */
function parseProxies(text: string): string | BadValue {
  const entries = text.split(',').map((entry) => entry.trim());
  if (entries.length === 1 && entries[0] === 'none') return 'none';
  const wrong = entries.find((entry) => !isProxyRange(entry));
  if (wrong === undefined) return entries.join(',');
  return {
    problem: `must be none, or addresses such as 10.0.0.5, blocks such as 10.0.0.0/8, or ${proxyRanges.join(', ')}, separated by commas; ${JSON.stringify(wrong)} is invalid`,
  };
}

/** A block has at least one fixed bit: a block of all addresses would trust everyone. */
function isProxyRange(entry: string): boolean {
  if (proxyRanges.includes(entry)) return true;
  const [, address = '', bits] = /^([\da-fA-F:.]+)(?:\/(\d{1,3}))?$/.exec(entry) ?? [];
  const version = isIP(address);
  if (version === 0 || bits === undefined) return version !== 0;
  return Number(bits) >= 1 && Number(bits) <= (version === 4 ? 32 : 128);
}

/** @returns the text, which holds a password and is in no message */
export function parseSmtpUrl(text: string): string | BadValue {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  const isRight = url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== '';
  return isRight || text.trim() === 'none'
    ? text.trim()
    : { problem: 'must be none, or a URL such as smtp://user:password@mail.example.com:587' };
}

/** @returns the text, which holds a password and is in no message */
export function parseClickHouse(text: string): string | BadValue {
  const trimmed = text.trim();
  if (trimmed === 'none' || parseClickHouseUrl(trimmed) !== null) return trimmed;
  return {
    problem:
      'must be none, or a URL such as https://user:password@ch1.example.com:8443,ch2.example.com:8443/honeyhive, with special characters of the password percent-encoded',
  };
}

/** @returns the text, which holds a password and is in no message */
export function parsePostgresUrl(text: string): string | BadValue {
  const trimmed = text.trim();
  const isRight = /^postgres(ql)?:\/\//.test(trimmed) && URL.canParse(trimmed);
  return isRight || trimmed === 'none'
    ? trimmed
    : {
        problem:
          'must be none, or a URL such as postgresql://user:password@db.example.com:5432/honeyhive?sslmode=verify-full',
      };
}

type ParseText = (text: string) => string | BadValue;

const textParsers: Readonly<Record<string, ParseText>> = {
  path: parsePath,
  origins: parseOrigins,
  url: parseUrl,
  proxies: parseProxies,
  smtp: parseSmtpUrl,
  clickhouse: parseClickHouse,
  postgres: parsePostgresUrl,
};

/** Reads the text that was given for an option. */
export function parseOption(text: string, option: ConfigOption): string | number | BadValue {
  if (text.trim() === '') return { problem: 'must not be empty' };
  if (option.type === 'integer') return parseInteger(text, option);
  const parse = textParsers[option.type];
  if (parse !== undefined) return parse(text);
  if (option.type === 'choice' && !option.choices.includes(text)) {
    return { problem: `must be one of ${option.choices.join(', ')}` };
  }
  return text;
}

/** A default or a value, as people write it: `50 MiB` rather than 52428800. */
export function formatOption(value: string | number, option: ConfigOption): string {
  if (option.secret === true && value !== option.default) return '(set)';
  if (option.type !== 'integer' || option.unit === null) return String(value);
  if (option.unit !== 'bytes') return `${value} ${option.unit}`;
  for (const [unit, bytes] of Object.entries(bytesPerUnit).toReversed()) {
    const count = Number(value) / bytes;
    if (count >= 1 && Number.isInteger(count)) return `${count} ${unit}`;
  }
  return `${value} bytes`;
}
