import {
  createOperationCaller,
  makeDataDir,
  removeDataDir,
  startFaultProxy,
  startMailServer,
  startService,
} from 'honeyhive-testkit';
import { createHash } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterAll, describe, expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api, id: project_id, organisation } = await openProject();
const params = { project_id };
const hook = { kind: 'webhook', url: 'https://hooks.example.com/t/0123?key=abc' } as const;

const fingerprintOf = (text: string) =>
  createHash('sha256').update(text).digest('hex').slice(0, 16);

/** Headers as the library takes them. */
const textsOf = (headers: object = {}): Record<string, string> => {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) texts[name] = String(value);
  return texts;
};

describe('destinations', () => {
  test('are created, listed by name, changed and deleted; secrets are shown once', async () => {
    const own = await openProject();
    const at = { project_id: own.id };
    const made = await own.api.ok('createAlertDestination', {
      params: at,
      body: { ...hook, name: 'pager' },
    });
    const slack = await own.api.ok('createAlertDestination', {
      params: at,
      body: { kind: 'slack', name: 'Chat', url: 'https://hooks.slack.com/services/T/B/x' },
    });
    const one = { project_id: own.id, destination_id: made.destination.id };
    const read = await own.api.ok('getAlertDestination', { params: one });
    const list = await own.api.ok('listAlertDestinations', { params: at });
    const renamed = await own.api.ok('updateAlertDestination', {
      params: one,
      body: { name: 'on call' },
    });
    const moved = await own.api.ok('updateAlertDestination', {
      params: one,
      body: { url: 'https://other.example.com/' },
    });
    const rotated = await own.api.ok('updateAlertDestination', {
      params: one,
      body: { rotate_secret: true },
    });
    const gone = await own.api.ok('deleteAlertDestination', { params: one });

    expect(made.destination).toMatchObject({
      project_id: own.id,
      name: 'pager',
      kind: 'webhook',
      made_by: 'caller',
      url: 'https://hooks.example.com/…',
      url_fingerprint: fingerprintOf(hook.url),
      addresses: [],
      is_readable: true,
    });
    expect(made.signing_secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(slack.signing_secret).toBeNull();
    expect(read).toEqual(made.destination);
    expect(list.destinations.map(({ name }) => name)).toEqual(['Chat', 'pager']);
    expect(renamed).toMatchObject({ destination: { name: 'on call' }, signing_secret: null });
    expect(moved).toMatchObject({
      destination: { url: 'https://other.example.com/', name: 'on call' },
      signing_secret: null,
    });
    expect(rotated.signing_secret).toMatch(/^whsec_/);
    expect(rotated.signing_secret).not.toBe(made.signing_secret);
    expect(gone).toEqual({ success: true, deleted: made.destination.id });
    await own.api.refused('getAlertDestination', 404, { params: one });
    for (const answer of [read, list, renamed])
      expect(JSON.stringify(answer)).not.toMatch(/whsec_|0123|key=abc|services\/T/);
  });

  test('have separate names in a project, and may have the same in two', async () => {
    const other = await openProject();
    const body = { ...hook, name: 'twice' };
    const first = await api.ok('createAlertDestination', { params, body });
    const second = await api.ok('createAlertDestination', {
      params,
      body: { ...body, name: 'thrice' },
    });

    const again = await api.refused('createAlertDestination', 409, { params, body });
    const renamed = await api.refused('updateAlertDestination', 409, {
      params: { project_id, destination_id: second.destination.id },
      body: { name: 'twice' },
    });
    await other.api.ok('createAlertDestination', { params: { project_id: other.id }, body });
    const same = await api.ok('updateAlertDestination', {
      params: { project_id, destination_id: first.destination.id },
      body: { name: 'twice' },
    });

    expect([again.issues?.[0]?.field, renamed.issues?.[0]?.field]).toEqual(['name', 'name']);
    expect(same.destination.name).toBe('twice');
  });

  test('are at most 100 in a project, and go with it', async () => {
    const own = await openProject();
    const at = { project_id: own.id };
    for (let count = 0; count < 100; count += 1)
      await own.api.ok('createAlertDestination', {
        params: at,
        body: { ...hook, name: `d ${count}` },
      });

    const refusal = await own.api.refused('createAlertDestination', 409, {
      params: at,
      body: { ...hook, name: 'one more' },
    });
    await own.organisation.ok('deleteProjectRecord', { params: at });
    const { id } = await own.organisation.ok('createProject', { body: { name: own.name } });
    const left = await organisation.ok('listAlertDestinations', { params: { project_id: id } });

    expect(refusal.message).toContain('at most 100');
    expect(left.destinations).toEqual([]);
  });

  test.each([
    ['no URL', { kind: 'webhook', url: 'hooks' }, 'url'],
    ['another scheme', { kind: 'slack', url: 'file:///etc/passwd' }, 'url'],
    ['user and password', { kind: 'webhook', url: 'https://a:b@example.com/' }, 'url'],
    ['this machine', { kind: 'webhook', url: 'http://127.0.0.1:4040/' }, 'url'],
    ['this machine as a number', { kind: 'webhook', url: 'http://2130706433/' }, 'url'],
    ['this machine in IPv6', { kind: 'webhook', url: 'http://[::ffff:127.0.0.1]/' }, 'url'],
    ['a metadata service', { kind: 'slack', url: 'http://169.254.169.254/latest/' }, 'url'],
    ['a private address', { kind: 'webhook', url: 'https://10.0.0.1/' }, 'url'],
    ['an unknown kind', { kind: 'pigeon', url: 'https://example.com/' }, 'kind'],
    ['e-mail without a mail server', { kind: 'email', addresses: ['a@example.com'] }, 'kind'],
    ['no address', { kind: 'email', addresses: ['a'] }, 'addresses[0]'],
    [
      'a header in an address',
      { kind: 'email', addresses: ['a@example.com\r\nBcc: b@x.y'] },
      'addresses[0]',
    ],
    ['a URL for e-mail', { kind: 'email', addresses: ['a@b.cd'], url: 'https://x.y' }, 'url'],
  ])('refuse %s', async (_what, body, field) => {
    const refusal = await api.refused('createAlertDestination', 400, {
      params,
      body: { name: 'wrong', ...body },
    });

    expect(refusal.issues?.[0]?.field).toBe(field);
  });

  test.each([
    ['addresses', { addresses: ['a@example.com'] }],
    ['rotate_secret', { rotate_secret: true }],
  ])('of Slack have no %s', async (field, body) => {
    const { destination } = await api.ok('createAlertDestination', {
      params,
      body: { kind: 'slack', name: `no ${field}`, url: 'https://hooks.slack.com/x' },
    });
    const at = { project_id, destination_id: destination.id };

    const refusal = await api.refused('updateAlertDestination', 400, { params: at, body });

    expect(refusal.issues?.[0]?.field).toBe(field);
  });
});

test('a test to an address that is not allowed says so, and sends nothing', async () => {
  const receiver = await startFaultProxy('http://127.0.0.1:1');
  const { port } = new URL(receiver.url);
  const { destination } = await api.ok('createAlertDestination', {
    params,
    body: { kind: 'webhook', name: 'inside', url: `http://localhost:${port}/` },
  });

  const { delivery } = await api.ok('testAlertDestination', {
    params: { project_id, destination_id: destination.id },
  });
  await receiver.close();

  expect(delivery).toMatchObject({ status: 'dead', attempts: [{ status: null, body: null }] });
  expect(delivery.attempts[0]?.error).toContain('HH_ALERT_ALLOWED_NETWORKS');
  expect(receiver.connectionCount()).toBe(0);
});

describe('a service that may send to this machine', async () => {
  const mail = await startMailServer();
  const receiver = await startFaultProxy('http://127.0.0.1:1');
  const dataDir = await makeDataDir();
  const env = { HH_ALERT_ALLOWED_NETWORKS: 'loopback', HH_SMTP_URL: mail.url };
  const service = await startService({ dataDir, env });
  const own = createOperationCaller(service);
  const { id } = await own.ok('createProject', { body: { name: 'shop' } });
  afterAll(async () => {
    await service.stop();
    await Promise.all([mail.close(), receiver.close(), removeDataDir(dataDir)]);
  });
  const create = (body: object) =>
    own.ok('createAlertDestination', { params: { project_id: id }, body });
  const send = async (destination_id: string) =>
    (await own.ok('testAlertDestination', { params: { project_id: id, destination_id } })).delivery;

  test('sends a signed test, and says what was answered', async () => {
    const made = await create({ kind: 'webhook', name: 'hook', url: `${receiver.url}/a?b=c` });
    receiver.script({ kind: 'answer', status: 202, body: 'x'.repeat(5_000) });

    const delivery = await send(made.destination.id);

    const [request] = receiver.requests.slice(-1);
    expect(delivery).toMatchObject({
      status: 'delivered',
      type: 'alert.test',
      attempt_count: 1,
      attempts: [{ number: 1, status: 202, body: 'x'.repeat(1_024), error: null }],
    });
    expect(request).toMatchObject({ method: 'POST', path: '/a?b=c' });
    expect(request?.headers).toMatchObject({
      'webhook-id': delivery.id,
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^honeyhive\/\d/),
    });
    expect(
      new Webhook(made.signing_secret ?? '').verify(request?.body ?? '', textsOf(request?.headers)),
    ).toEqual(delivery.payload);
    expect(delivery.payload).toMatchObject({
      type: 'alert.test',
      data: { project: 'shop', project_id: id },
    });
  });

  test.each([
    [{ kind: 'answer', status: 500, body: 'no' }, 500, 'status 500'],
    [
      { kind: 'answer', status: 302, headers: { location: 'http://127.0.0.1:1/' } },
      302,
      'redirects',
    ],
    [{ kind: 'reset' }, null, 'connection failed'],
  ] as const)('reports %j', async (fault, status, error) => {
    const { destination } = await create({
      kind: 'webhook',
      name: `after ${JSON.stringify(fault)}`,
      url: receiver.url,
    });
    receiver.script(fault);
    const before = receiver.requests.length;

    const delivery = await send(destination.id);

    expect(delivery).toMatchObject({ status: 'dead', attempts: [{ status }] });
    expect(delivery.attempts[0]?.error).toContain(error);
    expect(receiver.requests.length - before).toBe(1);
  });

  test('sends what Slack takes', async () => {
    const { destination } = await create({
      kind: 'slack',
      name: 'chat',
      url: `${receiver.url}/services`,
    });
    receiver.script({ kind: 'answer', status: 200, body: 'ok' });

    await send(destination.id);

    const body: unknown = JSON.parse(String(receiver.requests.at(-1)?.body));
    expect(body).toMatchObject({
      text: '[Test] Notifications arrive here - shop',
      blocks: [{ type: 'header' }, { type: 'section', text: { type: 'mrkdwn' } }],
    });
  });

  test('sends e-mail to every address, and says what the mail server said', async () => {
    const { destination } = await create({
      kind: 'email',
      name: 'team',
      addresses: ['ada@example.com', 'bob@example.com'],
    });

    const delivery = await send(destination.id);
    mail.refuse(550);
    const refused = await send(destination.id);

    expect(delivery).toMatchObject({ status: 'delivered', attempts: [{ status: 250 }] });
    expect(mail.messages).toHaveLength(1);
    expect(mail.messages[0]).toMatchObject({
      from: 'honeyhive@localhost',
      to: ['ada@example.com', 'bob@example.com'],
      text: expect.stringMatching(/^Subject: \[Test\] Notifications arrive here/m),
    });
    expect(mail.messages[0]?.text).toContain(`<${delivery.id}@localhost>`);
    expect(refused).toMatchObject({ status: 'dead', attempts: [{ status: 550 }] });
  });
});
