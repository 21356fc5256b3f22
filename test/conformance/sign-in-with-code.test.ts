import { call, startService } from 'honeyhive-testkit';
import { expect, inject, test } from 'vitest';

test('the link of the first start signs in once, as the key that was printed beside it', async () => {
  const service = await startService();
  try {
    const [, page, code] = /Open (http\S+)#sign-in=(\S+)/.exec(service.output()) ?? [];
    const body = { code };

    const answer = await call(service, 'POST /ui/session/code', { key: null, body });
    const again = await call(service, 'POST /ui/session/code', { key: null, body });

    expect(page).toBe(`${service.url}/`);
    expect(answer).toMatchObject({
      status: 200,
      body: { projects: [{ name: 'default' }], key: { access: 'full', scope: 'organisation' } },
    });
    expect(answer.headers['set-cookie']).toMatch(/; HttpOnly; SameSite=Strict$/);
    expect(again).toMatchObject({ status: 401, body: { issues: [{ field: 'code' }] } });
  } finally {
    await service.stop();
  }
});

test('a later start prints no code', async () => {
  const first = await startService();
  await first.kill();
  const { dataDir, key } = first;
  const second = await startService({ dataDir, key });
  try {
    expect(second.output()).toContain(`Open ${second.url}/\n`);
    expect(second.output()).not.toContain('#sign-in');
  } finally {
    await second.stop();
    await first.stop();
  }
});

test('a page of another site signs nobody in', async () => {
  const answer = await call({ url: inject('service').url }, 'POST /ui/session/code', {
    body: { code: 'x' },
    headers: { 'sec-fetch-site': 'cross-site' },
  });

  expect(answer).toMatchObject({ status: 403, body: { errorCode: 'forbidden' } });
});
