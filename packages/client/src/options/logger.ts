/** Receives log messages of the client; `console` is compatible. */
export interface Logger {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** What the client logs, and where. */
export interface LogConfig {
  readonly logger: Logger;
  /** A line for each call and for each attempt that failed. */
  readonly isVerbose: boolean;
  /** A line for each attempt, with the headers of the request. */
  readonly isDebug: boolean;
  /** The bodies of requests, as they are sent: redacted before. */
  readonly withRequests: boolean;
  /** The bodies of responses. */
  readonly withResponses: boolean;
}

/** Writes to standard error: standard output belongs to the program. */
export const consoleLogger: Logger = {
  debug: (message, fields) => write('debug', message, fields),
  info: (message, fields) => write('info', message, fields),
  warn: (message, fields) => write('warn', message, fields),
};

/** Of `logger: null`. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
};

function write(level: string, message: string, fields?: Readonly<Record<string, unknown>>): void {
  const { console } = globalThis;
  const rest = fields === undefined ? '' : ` ${JSON.stringify(fields)}`;
  console.error(`honeyhive ${level}: ${message}${rest}`);
}

export const isLogger = (value: unknown): value is Logger =>
  typeof value === 'object' &&
  value !== null &&
  ['debug', 'info', 'warn'].every((level) => hasMethod(value, level));

export const hasMethod = (value: object, name: string): boolean =>
  name in value && typeof Reflect.get(value, name) === 'function';
