import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import { toConnection } from './postgres-pool.ts';

/** What servers of a database tell each other. Messages may be lost; then `onGap` is called. */
export interface ServerChannel {
  /**
   * Sends to all other servers, without waiting.
   *
   * @param text at most {@link maxMessageBytes} as UTF-8
   */
  send(topic: string, text: string): void;
  /** Tells all other servers that a message is missing. */
  sendGap(): void;
  /** Called with each message of another server. */
  listen(topic: string, onMessage: (text: string) => void): void;
  /** Called when messages of other servers may have been lost. */
  onGap(listener: () => void): void;
  close(): Promise<void>;
}

/** PostgreSQL takes fewer than 8,000 bytes; the rest is for the sender and the topic. */
export const maxMessageBytes = 7_800;

/** Messages that wait to be sent; more are dropped, and reported to the other servers as a gap. */
const maxWaiting = 1_000;
const reconnectMs = 500;
/** A connection that hangs is found by a statement that is not answered. */
const checkMs = 10_000;
const channelName = 'honeyhive';
const gapTopic = 'gap';

export interface ChannelDeps {
  readonly url: string;
  readonly clock: Pick<Clock, 'every' | 'sleep'>;
  readonly logger: Pick<Logger, 'warn' | 'info'>;
}

/** Connects, and again whenever the connection breaks. */
export async function openServerChannel(deps: ChannelDeps): Promise<ServerChannel> {
  const channel = new PostgresChannel(deps);
  await channel.connect();
  return channel;
}

class PostgresChannel implements ServerChannel {
  readonly #deps: ChannelDeps;
  readonly #sender = randomUUID();
  readonly #listeners = new Map<string, (text: string) => void>();
  readonly #gapListeners: (() => void)[] = [];
  readonly #stopChecks: () => void;
  #client: pg.Client | null = null;
  #waitingCount = 0;
  #hasDropped = false;
  #isClosed = false;

  constructor(deps: ChannelDeps) {
    this.#deps = deps;
    this.#stopChecks = deps.clock.every(checkMs, () => {
      const client = this.#client;
      client?.query('SELECT 1').catch(() => this.#replace(client));
    });
  }

  listen(topic: string, onMessage: (text: string) => void): void {
    this.#listeners.set(topic, onMessage);
  }

  onGap(listener: () => void): void {
    this.#gapListeners.push(listener);
  }

  send(topic: string, text: string): void {
    if (this.#client === null || this.#waitingCount >= maxWaiting) {
      this.#hasDropped = true;
      return;
    }
    if (this.#hasDropped) {
      this.#hasDropped = false;
      this.#notify(this.#client, gapTopic, '');
    }
    this.#notify(this.#client, topic, text);
  }

  sendGap(): void {
    this.#hasDropped = true;
    this.send(gapTopic, '');
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopChecks();
    await this.#client?.end();
  }

  /** @throws the server cannot be reached */
  async connect(): Promise<void> {
    const client = new pg.Client(toConnection(this.#deps.url));
    client.on('error', () => undefined);
    client.on('notification', ({ payload = '' }) => this.#receive(payload));
    client.on('end', () => this.#replace(client));
    await client.connect();
    await client.query(`LISTEN ${channelName}`);
    if (this.#isClosed) await client.end();
    else this.#client = client;
  }

  #notify(client: pg.Client, topic: string, text: string): void {
    this.#waitingCount += 1;
    client
      .query('SELECT pg_notify($1, $2)', [channelName, `${this.#sender} ${topic} ${text}`])
      .catch(() => {
        this.#hasDropped = true;
      })
      .finally(() => {
        this.#waitingCount -= 1;
      });
  }

  #receive(payload: string): void {
    const [, sender, topic = '', text = ''] = /^(\S+) (\S+) (.*)$/s.exec(payload) ?? [];
    if (sender === this.#sender) return;
    if (topic === gapTopic) this.#reportGap();
    else this.#listeners.get(topic)?.(text);
  }

  #reportGap(): void {
    for (const listener of this.#gapListeners) listener();
  }

  /** Connects again, if the client is the one in use; it is not waited for, because it may hang. */
  #replace(client: pg.Client): void {
    if (this.#client !== client || this.#isClosed) return;
    this.#client = null;
    client.end().catch(() => undefined);
    this.#deps.logger.warn('messages of other servers are not received');
    void this.#reconnect();
  }

  async #reconnect(): Promise<void> {
    while (!this.#isClosed && this.#client === null) {
      await this.#deps.clock.sleep(reconnectMs);
      await this.connect().catch(() => undefined);
    }
    if (this.#isClosed) return;
    this.#deps.logger.info('messages of other servers are received again');
    this.#reportGap();
  }
}
