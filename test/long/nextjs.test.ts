import { createOperationCaller, freePort, startChild, startService } from 'honeyhive-testkit';
import type { Child } from 'honeyhive-testkit';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeClientProject, run } from '../e2e/client-project.ts';
import type { ClientProject } from '../e2e/client-project.ts';

const sources = {
  'app/layout.js': `export default function Layout({ children }) {
  return <html><body>{children}</body></html>;
}
`,
  'app/page.js': `import { HoneyHive } from 'honeyhive';
const client = new HoneyHive();
export default async function Page({ searchParams }) {
  const { session_id } = await searchParams;
  const { success } = await client.createEvent({ session_id, event_type: 'tool', event_name: 'on the server' });
  return <p>{String(success)}</p>;
}
`,
  'app/background/route.js': `import { HoneyHive } from 'honeyhive';
const client = new HoneyHive({ flushInterval: 600 });
export async function POST(request) {
  const { session_id, flushes } = await request.json();
  for (let step = 0; step < 5; step += 1) client.logEvent({ session_id, event_type: 'tool', event_name: 'step' });
  if (flushes) await client.flush();
  return Response.json({ pending: client.stats().pending });
}
`,
  'app/blocking/route.js': `import { HoneyHiveSync } from 'honeyhive/sync';
export async function POST(request) {
  const { session_id } = await request.json();
  const client = new HoneyHiveSync();
  const { success } = client.createEvent({ session_id, event_type: 'tool', event_name: 'blocking' });
  client.close();
  return Response.json({ success });
}
`,
};

const service = await startService({ env: { HH_LOG_LEVEL: 'warn' } });
const api = createOperationCaller(service);
let project: ClientProject;

beforeAll(async () => {
  project = await makeClientProject('module', 'next@16.4.6', 'react@19.3.1', 'react-dom@19.3.1');
  for (const [file, text] of Object.entries(sources)) {
    await mkdir(dirname(join(project.folder, file)), { recursive: true });
    await writeFile(join(project.folder, file), text);
  }
});
afterAll(async () => {
  await project[Symbol.asyncDispose]();
  await service.stop();
});

/** Builds the application, and copies what Next.js says that a deployment needs. */
async function build(name: string, flag: string, settings: object): Promise<string> {
  const config = { output: 'standalone', outputFileTracingRoot: project.folder, ...settings };
  const text = `export default ${JSON.stringify(config)};`;
  await writeFile(join(project.folder, 'next.config.mjs'), text);
  const next = join(project.folder, 'node_modules/next/dist/bin/next');
  await run(process.execPath, [next, 'build', flag], {
    cwd: project.folder,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
  });
  const deployed = join(dirname(project.folder), name);
  await cp(join(project.folder, '.next/standalone'), deployed, { recursive: true });
  await rm(join(project.folder, '.next'), { recursive: true });
  return deployed;
}

async function startApplication(folder: string) {
  const port = await freePort();
  const server = startChild(process.execPath, [join(folder, 'server.js')], {
    cwd: folder,
    env: {
      PORT: String(port),
      HOSTNAME: '127.0.0.1',
      NEXT_TELEMETRY_DISABLED: '1',
      HH_API_URL: service.url,
      HH_API_KEY: service.key,
    },
  });
  await server.waitForLine(/Ready/, 60_000);
  return { server, url: `http://127.0.0.1:${port}` };
}

async function countStored(session_id: string): Promise<number> {
  const { events } = await api.ok('listEvents', { query: { session_id } });
  return events.filter(({ event_type }) => event_type !== 'session').length;
}

describe.each([
  ['Turbopack', '--turbopack', {}],
  // Its bundle for the server cannot start workers.
  ['webpack', '--webpack', { serverExternalPackages: ['honeyhive'] }],
])('an application that Next.js builds with %s, standalone', (name, flag, settings) => {
  let server: Child;
  let url = '';
  beforeAll(async () => {
    ({ server, url } = await startApplication(await build(name, flag, settings)));
  });
  afterAll(() => server.kill('SIGKILL'));

  const post = async (path: string, body: object): Promise<unknown> => {
    const answer = await fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body) });
    expect([answer.status, answer.ok || server.output()]).toEqual([200, true]);
    return answer.json();
  };

  test('stores the event of a server component', async () => {
    const session_id = `page of ${name}`;

    const page = await fetch(`${url}/?session_id=${encodeURIComponent(session_id)}`);

    expect(await page.text()).toContain('<p>true</p>');
    expect(await countStored(session_id)).toBe(1);
  });

  test('stores what a route handler flushes', async () => {
    const session_id = `flushed by ${name}`;

    expect(await post('/background', { session_id, flushes: true })).toEqual({ pending: 0 });
    expect(await countStored(session_id)).toBe(5);
  });

  test('has the worker of HoneyHiveSync', async () => {
    const session_id = `blocking in ${name}`;

    expect(await post('/blocking', { session_id })).toEqual({ success: true });
    expect(await countStored(session_id)).toBe(1);
  });

  test('stores what is pending when SIGTERM ends the server', async () => {
    const session_id = `pending in ${name}`;
    expect(await post('/background', { session_id, flushes: false })).toEqual({ pending: 5 });
    expect(await countStored(session_id)).toBe(0);

    expect(await server.kill('SIGTERM')).toEqual({ code: 143, signal: null });

    expect(await countStored(session_id)).toBe(5);
  });
});
