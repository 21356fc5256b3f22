import { createServer } from 'node:net';
import { messageOf } from '../failure.ts';
import type { Finding } from './finding.ts';

/** What answers at an address. */
export type Listener =
  | { readonly kind: 'ours'; readonly version: string }
  | { readonly kind: 'other' }
  | { readonly kind: 'nothing' };

const probeTimeoutMs = 2_000;

/** Asks `/health` at a URL: a service of ours, another program, or nothing. */
export async function findListener(url: string): Promise<Listener> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(probeTimeoutMs) });
    const health: unknown = await response.json();
    const isOurs =
      typeof health === 'object' &&
      health !== null &&
      'version' in health &&
      typeof health.version === 'string' &&
      'uptime_ms' in health;
    return isOurs ? { kind: 'ours', version: String(health.version) } : { kind: 'other' };
  } catch (error) {
    return { kind: isRefused(error) ? 'nothing' : 'other' };
  }
}

function isRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
}

/** The error of listening there for a moment; null when that went well. */
function tryListen(host: string, port: number): Promise<Error | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

/** Whether the service can listen on the configured port, or already does. */
export async function checkPort(host: string, port: number): Promise<Finding> {
  const check = 'port';
  const place = `${host}:${port}`;
  const fault = await tryListen(host, port);
  if (fault === null) {
    return { check, state: 'ok', text: port === 0 ? 'any free one' : `${place} is free` };
  }
  // What listens on every address answers on the loopback too.
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const listener = await findListener(
    `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`,
  );
  if (listener.kind === 'ours') {
    return {
      check,
      state: 'ok',
      text: `${place} is held by a honeyhive service ${listener.version}`,
    };
  }
  return {
    check,
    state: 'failed',
    text: listener.kind === 'other' ? `${place} is held by another program` : messageOf(fault),
    nextStep: 'Stop that program, or choose another port with --port or HH_PORT.',
  };
}
