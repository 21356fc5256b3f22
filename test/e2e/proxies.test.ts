import { buildEvent, freePort, startService } from 'honeyhive-testkit';
import type { RunningService } from 'honeyhive-testkit';
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Agent, request } from 'undici';
import { startNginxWith } from './nginx.ts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const host = 'honeyhive.example.com';
let folder = '';
let ca = '';

/** The configuration from the guide. */
async function readConfiguration(language: string): Promise<string> {
  const page = await readFile(join(root, 'docs/guide/hardening.md'), 'utf8');
  const [, block] = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page) ?? [];
  if (block === undefined) throw new Error(`docs/guide/hardening.md shows no ${language}`);
  return block;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'honeyhive-proxies-'));
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${host}`],
    ...['-addext', `subjectAltName=DNS:${host}`],
    ...['-keyout', join(folder, 'tls.key'), '-out', join(folder, 'tls.pem')],
  ]);
  ca = await readFile(join(folder, 'tls.pem'), 'utf8');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ports {
  /** Of the proxy, with TLS. */
  readonly tls: number;
  /** Of the service. */
  readonly service: number;
}

async function startNginx({ tls, service }: Ports): Promise<ChildProcess> {
  const server = (await readConfiguration('nginx'))
    .replace('listen 443', `listen 127.0.0.1:${tls}`)
    .replace('127.0.0.1:4040', `127.0.0.1:${service}`)
    .replace('/etc/ssl/honeyhive.pem', join(folder, 'tls.pem'))
    .replace('/etc/ssl/honeyhive.key', join(folder, 'tls.key'));
  return startNginxWith(folder, server);
}

async function startCaddy({ tls, service }: Ports): Promise<ChildProcess> {
  const site = (await readConfiguration('caddyfile'))
    .replace(host, `https://${host}:${tls}`)
    .replace('{', `{\n  tls ${join(folder, 'tls.pem')} ${join(folder, 'tls.key')}`)
    .replace('127.0.0.1:4040', `127.0.0.1:${service}`);
  const path = join(folder, 'Caddyfile');
  await writeFile(path, `{\n  admin off\n  auto_https off\n}\n${site}`);
  const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  return spawn('caddy', ['run', '--config', path, '--adapter', 'caddyfile'], {
    stdio: 'ignore',
    env,
  });
}

describe.each([
  ['nginx', startNginx],
  ['Caddy', startCaddy],
])('behind %s, as the guide configures it', (_name, start) => {
  let service: RunningService;
  let proxy: ChildProcess;
  let agent: Agent;
  let url = '';

  const ask = async (
    route: string,
    { headers = {}, body }: { headers?: Record<string, string>; body?: unknown } = {},
  ) => {
    const [method = 'GET', path = '/'] = route.split(' ');
    const answer = await request(`${url}${path}`, {
      dispatcher: agent,
      method: method as 'GET',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.statusCode, headers: answer.headers, body: answer.body };
  };
  const json = async (answer: { body: { json(): Promise<unknown> } }): Promise<unknown> =>
    answer.body.json();
  const withKey = () => ({ authorization: `Bearer ${service.key}` });

  beforeAll(async () => {
    const ports = { tls: await freePort(), service: await freePort() };
    url = `https://${host}:${ports.tls}`;
    service = await startService({
      port: ports.service,
      env: { HH_PUBLIC_URL: url, HH_TRUSTED_PROXIES: 'loopback' },
    });
    proxy = await start(ports);
    const lookup = (
      _host: string,
      _options: unknown,
      done: (error: null, addresses: { address: string; family: number }[]) => void,
    ): void => done(null, [{ address: '127.0.0.1', family: 4 }]);
    agent = new Agent({ connect: { ca, servername: host, lookup } });
    await vi.waitFor(
      async () => {
        const answer = await ask('GET /ready');
        await answer.body.dump();
        if (answer.status !== 200) throw new Error(`the proxy answers ${answer.status}`);
      },
      { timeout: 60_000 },
    );
  });
  afterAll(async () => {
    await agent?.destroy();
    proxy?.kill('SIGTERM');
    await service?.stop();
  });

  test('signs in from its own page, with a cookie for TLS alone, and from no other', async () => {
    const body = { api_key: service.key };

    const own = await ask('POST /ui/session', { body, headers: { origin: url } });
    const signedIn = (await json(own)) as { csrf_token: string };
    const cookie = String(own.headers['set-cookie']);
    const session = { cookie: cookie.split(';', 1)[0] ?? '', 'x-csrf-token': signedIn.csrf_token };
    const foreign = await ask('POST /ui/session', {
      body,
      headers: { origin: 'https://evil.example' },
    });
    const stored = await ask('POST /events', {
      body: { event: buildEvent() },
      headers: { ...session, origin: url },
    });
    const forged = await ask('POST /events', {
      body: { event: buildEvent() },
      headers: { ...session, origin: 'https://evil.example' },
    });
    for (const answer of [foreign, stored, forged]) await answer.body.dump();

    expect(own.status).toBe(200);
    expect(cookie).toMatch(
      /^__Host-honeyhive_\w+=.*; Path=\/;.*; HttpOnly; SameSite=Strict; Secure$/,
    );
    expect(own.headers['strict-transport-security']).toBe('max-age=31536000');
    expect([foreign.status, stored.status, forged.status]).toEqual([403, 200, 403]);
  });

  test('takes a large upload and gives it back', async () => {
    const event = buildEvent({ inputs: { text: 'x'.repeat(15 * 1024 ** 2) } });

    const stored = await ask('POST /events', { body: { event }, headers: withKey() });
    await stored.body.dump();
    const back = await ask(`GET /v1/events/${event.event_id}`, { headers: withKey() });

    expect(stored.status).toBe(200);
    expect(await json(back)).toMatchObject({ event: { inputs: event.inputs } });
  });

  test('streams pass as they come', async () => {
    const stream = await ask('GET /v1/explore/tail', { headers: withKey() });
    const chunks = stream.body.setEncoding('utf8')[Symbol.asyncIterator]();
    const until = async (word: string) => {
      let text = '';
      while (!text.includes(word)) {
        const { value, done } = await chunks.next();
        if (done === true) throw new Error(`the stream ended before ${word}: ${text}`);
        text += String(value);
      }
    };
    await until('event: listening');

    const stored = await ask('POST /events', {
      body: { event: buildEvent({ event_name: 'through-the-proxy' }) },
      headers: withKey(),
    });
    await stored.body.dump();
    await until('through-the-proxy');
    stream.body.destroy();

    expect(stored.status).toBe(200);
  });

  test('counts wrong keys by the address that the proxy saw, not by one that was made up', async () => {
    const attempt = async (index: number) => {
      const answer = await ask('POST /ui/session', {
        body: { api_key: 'no key' },
        headers: { 'x-forwarded-for': `192.0.2.${index}` },
      });
      await answer.body.dump();
      return answer.status;
    };

    const statuses = [];
    for (let index = 0; index < 11; index += 1) statuses.push(await attempt(index));

    expect(statuses.at(-1)).toBe(429);
  });
});
