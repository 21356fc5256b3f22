import { call, startService } from 'honeyhive-testkit';
import { afterAll, expect, inject, test } from 'vitest';

const page = 'https://app.example.com';
const service = await startService({ env: { HH_LOG_LEVEL: 'warn', HH_CORS_ORIGINS: page } });
afterAll(() => service.stop());

const question = {
  origin: page,
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'authorization, content-type',
};

test('a browser that asks is answered without a key, on every path', async () => {
  for (const path of ['/events/batch', '/session/start', '/v1/events', '/nowhere']) {
    const answer = await call({ url: service.url }, `OPTIONS ${path}`, { headers: question });

    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': page,
      'access-control-allow-headers': 'authorization, content-type',
      vary: 'origin',
    });
  }
});

test('answers and errors can be read by the page, and by no other', async () => {
  for (const [path, status] of [
    ['/health', 200],
    ['/session/none', 404],
  ] as const) {
    const read = (origin: string) => call(service, `GET ${path}`, { headers: { origin } });
    const [own, other] = await Promise.all([read(page), read('https://evil.example')]);

    expect([own.status, other.status]).toEqual([status, status]);
    expect(own.headers).toMatchObject({ 'access-control-allow-origin': page });
    expect(String(own.headers['vary'])).toContain('origin');
    expect(other.headers).not.toHaveProperty('access-control-allow-origin');
    expect({ ...own.headers, ...other.headers }).not.toHaveProperty(
      'access-control-allow-credentials',
    );
  }
});

test('by default no page of another origin is let in', async () => {
  const { url } = inject('service');

  const asked = await call({ url }, 'OPTIONS /events', { headers: question });
  const read = await call({ url }, 'GET /health', { headers: { origin: page } });

  expect(asked.status).toBe(405);
  expect({ ...asked.headers, ...read.headers }).not.toHaveProperty('access-control-allow-origin');
});
