import { buildEvent, call, createKey } from 'honeyhive-testkit';
import type { LiveEvents } from 'honeyhive-wire';
import { expect, inject, test } from 'vitest';
import { openProject } from './own-project.ts';
import { openStream } from './stream-reader.ts';
import type { SentEvent, StreamReader } from './stream-reader.ts';

const { url, dataDir, key: organisationKey } = inject('service');

const listen = async (key: string, project = ''): Promise<StreamReader> => {
  const stream = await openStream(
    `${url}/v1/explore/onboarding?project=${encodeURIComponent(project)}`,
    {
      authorization: `Bearer ${key}`,
    },
  );
  await stream.next(({ name }) => name === 'listening');
  return stream;
};

const rejectedBy = (agent: string) => (event: SentEvent) =>
  event.name === 'rejected' && (event.data as LiveEvents['rejected']).user_agent === agent;

const post = (key: string, agent: string, body: unknown, path = '/events') =>
  call({ url, key }, `POST ${path}`, { body, headers: { 'user-agent': agent } });

test('shows the first event when it arrives', async () => {
  const { api, key } = await openProject();
  const stream = await listen(key);

  await api.ok('createEvent', { body: buildEvent({ event_name: 'hello' }) });
  const { data } = await stream.next(({ name }) => name === 'rows');
  stream.close();

  const names = (data as LiveEvents['rows']).rows.map(({ event_name }) => event_name);
  expect(names).toContain('hello');
});

test('shows what was refused and why, before it was opened and after', async () => {
  const { key, name } = await openProject();
  await post(key, `${name} early`, { event: { event_type: 'span' } });
  const stream = await listen(key);

  const early = await stream.next(rejectedBy(`${name} early`));
  await post(key, `${name} late`, 'no JSON object');
  const late = await stream.next(rejectedBy(`${name} late`));
  stream.close();

  expect(early.data).toMatchObject({
    method: 'POST',
    path: '/events',
    status: 400,
    code: 'invalid_request',
  });
  expect((early.data as LiveEvents['rejected']).message).toContain('event_type');
  expect(late.data).toMatchObject({ status: 400 });
});

test('shows a wrong key without showing it, and a path that is not there', async () => {
  const { key, name } = await openProject();
  const stream = await listen(key);
  const wrong = 'hh_wrongwrong12_0123456789abcdefghijklmnopqrstuv';

  await post(wrong, name, { event: buildEvent() }, `/events?api_key=${wrong}`);
  const badKey = await stream.next(rejectedBy(name));
  await post(key, `${name} lost`, {}, `/v1/traces/${wrong}`);
  const badPath = await stream.next(rejectedBy(`${name} lost`));
  stream.close();

  expect(badKey.data).toMatchObject({ status: 401, code: 'unauthenticated', path: '/events' });
  expect(badPath.data).toMatchObject({ status: 404, path: '/v1/traces/hh_…' });
  expect(JSON.stringify([badKey, badPath])).not.toContain('wrongwrong');
});

test('a project does not see what was refused to another, the organisation to its own keys', async () => {
  const own = await openProject();
  const other = await openProject();
  const wide = await createKey(dataDir);
  const [mine, whole] = [await listen(own.key), await listen(organisationKey, own.name)];

  await post(other.key, `${own.name} foreign`, {});
  await post(wide.key, `${own.name} wide`, {});
  await post(own.key, `${own.name} own`, {});
  const seen: string[] = [];
  const until = (agent: string) => (event: SentEvent) => {
    const { user_agent } = event.data as LiveEvents['rejected'];
    if (event.name === 'rejected') seen.push(String(user_agent));
    return event.name === 'rejected' && user_agent === agent;
  };
  await mine.next(until(`${own.name} own`));
  await whole.next(until(`${own.name} own`));
  mine.close();
  whole.close();

  const ofUs = seen.filter((agent) => agent.startsWith(own.name));
  expect(ofUs).toEqual([`${own.name} own`, `${own.name} wide`, `${own.name} own`]);
});
