import {
  createOperationCaller,
  makeDataDir,
  removeDataDir,
  runCommand,
  startFaultProxy,
  startService,
} from 'honeyhive-testkit';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const folder = await makeDataDir();
const receiver = await startFaultProxy('http://127.0.0.1:1');
const service = await startService({ env: { HH_ALERT_ALLOWED_NETWORKS: 'loopback' } });
const api = createOperationCaller(service);
const env = {
  HH_API_URL: service.url,
  HH_API_KEY: service.key,
  HOOK_URL: `${receiver.url}/secret`,
};
beforeAll(() => receiver.always({ kind: 'answer', status: 200, body: 'ok' }));
afterAll(async () => {
  await service.stop();
  await receiver.close();
  await removeDataDir(folder);
});

let project = '';
let projectId = '';
let count = 0;
beforeEach(async () => {
  count += 1;
  project = `shop ${count}`;
  ({ id: projectId } = await api.ok('createProject', { body: { name: project } }));
});

const path = join(folder, 'alerts.yaml');
const head = () => `
project: ${project}
destinations:
  - name: on call
    kind: webhook
    url: \${HOOK_URL}
`;
const alert = (name: string, value: number) => `
  - name: ${name}
    ratio: { filters: [{ field: error, operator: exists }] }
    window: 5m
    thresholds: { critical: { operator: greater_than, value: ${value} } }
    destinations: [on call]
`;

async function apply(text: string, ...flags: string[]) {
  await writeFile(path, text);
  return runCommand(['apply', path, ...flags], { env });
}

describe('honeyhive apply', () => {
  test('makes what a file says, shows a plan before, and changes nothing the second time', async () => {
    const text = `${head()}alerts:${alert('errors', 0.1)}${alert('more', 0.2)}`;

    const planned = await apply(text, '--dry-run');
    const none = await api.ok('listAlerts', { params: { project_id: projectId } });
    const applied = await apply(text);
    const again = await apply(text);
    const alerts = await api.ok('listAlerts', { params: { project_id: projectId } });

    const plan = '+ destination on call\n+ alert errors\n+ alert more\n';
    expect(planned).toMatchObject({
      exitCode: 0,
      stdout: `${plan}nothing was changed (--dry-run), 0 unchanged\n`,
    });
    expect(none.data).toEqual([]);
    expect(applied.stdout.replace(/whsec_\S+/, 'SECRET')).toBe(
      `${plan}signing secret of on call, shown only now: SECRET\n3 changed, 0 unchanged\n`,
    );
    expect(again).toMatchObject({ exitCode: 0, stdout: '0 changed, 3 unchanged\n' });
    expect(alerts.data.map(({ name }) => name)).toEqual(['errors', 'more']);
    expect(alerts.data[0]).toMatchObject({ window: '5m', destination_ids: [expect.any(String)] });
  });

  test('changes what differs, keeps a mute, and prunes only with --prune', async () => {
    await apply(`${head()}alerts:${alert('errors', 0.1)}${alert('more', 0.2)}`);
    const [first] = (await api.ok('listAlerts', { params: { project_id: projectId } })).data;
    const params = { project_id: projectId, alert_id: first?.id ?? '' };
    await api.ok('updateAlert', { params, body: { is_muted: true } });

    const changed = await apply(`${head()}alerts:${alert('errors', 0.5)}`);
    const pruned = await apply(`${head()}alerts:${alert('errors', 0.5)}`, '--prune', '--json');
    const { data } = await api.ok('getAlert', { params });

    expect(changed.stdout).toBe('~ alert errors: thresholds\n1 changed, 1 unchanged\n');
    expect(data).toMatchObject({ is_muted: true, thresholds: { critical: { value: 0.5 } } });
    expect(JSON.parse(pruned.stdout)).toMatchObject({
      dry_run: false,
      steps: [
        { kind: 'destination', action: 'keep' },
        { kind: 'alert', action: 'keep' },
        { kind: 'alert', action: 'delete', name: 'more' },
      ],
    });
    expect((await api.ok('listAlerts', { params: { project_id: projectId } })).data).toHaveLength(
      1,
    );
  });

  test('what is wrong is named with file, line and field, and nothing is changed', async () => {
    const wrong = await apply(`${head()}alerts:${alert('errors', 0.1)}    windw: 5m\n`);
    const nowhere = await apply(
      `${head()}alerts:${alert('errors', 0.1).replace('[on call]', '[nobody]')}`,
    );
    const refused = await apply(
      `project: ${project}\nalerts:\n  - name: x\n    thresholds: { critical: { operator: equal_to, value: 1 } }\n    projections: [nothing here]\n`,
    );
    const missing = await runCommand(['apply', join(folder, 'none.yaml')], { env });

    expect(wrong).toMatchObject({ exitCode: 1, stdout: '' });
    expect(wrong.output).toContain(`${path}:13: alerts[0].windw: unknown key`);
    expect(nowhere.output).toContain(
      `${path}:12: alerts[0].destinations[0]: there is no destination "nobody"`,
    );
    expect(refused.exitCode).toBe(1);
    expect(refused.output).toMatch(/alerts\.yaml:5: alerts\[0\]\.projections/);
    expect(missing).toMatchObject({ exitCode: 1 });
    expect(missing.output).toContain('cannot be read: ENOENT');
    const { destinations } = await api.ok('listAlertDestinations', {
      params: { project_id: projectId },
    });
    expect(destinations).toEqual([]);
  });

  test('what `alerts export` prints is what is there, without secrets', async () => {
    await apply(`${head()}alerts:${alert('errors', 0.1)}`);

    const exported = await runCommand(['alerts', 'export', '--project', project], { env });
    const again = await apply(exported.stdout);

    expect(exported.exitCode).toBe(0);
    expect(exported.stdout).not.toContain('/secret');
    expect(exported.stdout).not.toContain('whsec');
    expect(again.stdout).toBe('0 changed, 2 unchanged\n');
  });
});

describe('honeyhive alerts', () => {
  test('list, show and test name alerts by name or id', async () => {
    await apply(`${head()}alerts:${alert('errors', 0.1)}`);
    const flags = ['--project', project];

    const list = await runCommand(['alerts', 'list', ...flags], { env });
    const listed = await runCommand(['alerts', 'list', ...flags, '--json'], { env });
    const show = await runCommand(['alerts', 'show', 'errors', ...flags], { env });
    const sent = await runCommand(['alerts', 'test', 'errors', ...flags], { env });
    receiver.script({ kind: 'answer', status: 500, body: 'no' });
    const failed = await runCommand(['alerts', 'test', 'errors', ...flags], { env });
    const unknown = await runCommand(['alerts', 'show', 'none', ...flags], { env });

    expect(list.stdout).toMatch(/^ID +NAME +TYPE +STATUS.*\n\S+ +errors +AGGREGATE +ACTIVE +never/);
    expect(JSON.parse(listed.stdout)).toMatchObject([{ name: 'errors' }]);
    expect(show.stdout).toContain('status: ACTIVE');
    expect(show.stdout).toContain('destinations:\n  - on call');
    expect(sent).toMatchObject({ exitCode: 0 });
    expect(sent.stdout).toMatch(/on call +webhook +delivered +200/);
    expect(failed.exitCode).toBe(1);
    expect(failed.stdout).toMatch(/on call +webhook +failed +500 .*status 500/);
    expect(unknown).toMatchObject({ exitCode: 1 });
    expect(unknown.output).toContain('there is no alert "none"');
  });

  test('backtest says when one would have fired, of the project or of a file', async () => {
    const own = createOperationCaller({ url: service.url, key: service.key });
    const session = { project, session_id: `s ${project}`, session_name: 's' };
    await own.ok('startSession', { body: { session } });
    const at = Date.now() - 3_600_000;
    for (let index = 0; index < 3; index += 1)
      await own.ok('createEvent', {
        body: {
          event: {
            project,
            session_id: session.session_id,
            event_name: 'call',
            event_type: 'tool',
            start_time: at,
            error: 'broken',
          },
        },
      });
    await apply(`${head()}alerts:${alert('errors', 0.1)}`);

    const stored = await runCommand(['alerts', 'backtest', 'errors', '--project', project], {
      env,
    });
    const never = `project: ${project}\nalerts:${alert('errors', 2)}`.replace(/ *destin.*\n/, '');
    await writeFile(path, never);
    const filed = await runCommand(
      [
        'alerts',
        'backtest',
        'errors',
        '--project',
        project,
        '--file',
        path,
        '--days',
        '1',
        '--json',
      ],
      { env },
    );

    expect(stored).toMatchObject({ exitCode: 0 });
    expect(stored.stdout).toMatch(/^Would have fired 1 time from .* UTC, in 1 group\.\nGROUP/);
    expect(JSON.parse(filed.stdout)).toMatchObject({ success: true, data: { fired: 0 } });
  });

  test('without destinations there is nothing to test', async () => {
    await apply(
      `project: ${project}\nalerts:${alert('errors', 0.1).replace(/ *destinations.*\n/, '')}`,
    );

    const sent = await runCommand(['alerts', 'test', 'errors', '--project', project], { env });

    expect(sent.exitCode).toBe(1);
    expect(sent.output).toContain('has no destinations');
  });
});
