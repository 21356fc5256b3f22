import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import type { Ui } from './support/ui-test.ts';
import { test } from './support/ui-test.ts';

const minuteMs = 60_000;

/** Twenty slow calls of a model in one minute, two hours ago, and quick ones in every minute besides. */
async function fillHours({ project }: Ui): Promise<number> {
  const slowAt = Math.floor(Date.now() / minuteMs) * minuteMs - 120 * minuteMs;
  const quick = Array.from({ length: 180 }, (_, minute) => ({
    event_type: 'model',
    event_name: 'answer',
    config: { model: minute % 2 === 0 ? 'gpt-5' : 'claude' },
    start_time: slowAt + (minute - 60) * minuteMs,
    duration: 100,
  }));
  const slow = Array.from({ length: 20 }, (_, index) => ({
    event_type: 'model',
    event_name: 'answer',
    config: { model: 'gpt-5' },
    start_time: slowAt + index * 1_000,
    duration: 9_000,
    ...(index === 0 ? { error: 'boom' } : {}),
  }));
  await project.api.ok('createEventBatch', { body: { events: [...quick, ...slow] } });
  return slowAt;
}

const readAlerts = async ({ project }: Ui) =>
  (await project.api.ok('listAlerts', { params: { project_id: project.id } })).data;

test('an alert is tried on the past, its threshold moved by keys, and made', async ({ ui }) => {
  await fillHours(ui);
  const page = await ui.open('/alerts');
  await page.getByRole('link', { name: 'Latency, p95' }).click();
  const form = page.getByRole('form', { name: 'New alert' });
  await form.getByRole('textbox', { name: 'Threshold', exact: true }).fill('1000');
  await form.getByRole('textbox', { name: 'Window' }).fill('5m');

  const preview = page.getByRole('region', { name: 'On past events' });
  await preview.getByText('It would have fired once.').waitFor();
  const threshold = preview.getByRole('slider');
  await threshold.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Shift+ArrowUp');
  await expect
    .poll(() => form.getByRole('textbox', { name: 'Threshold', exact: true }).inputValue())
    .toBe('1111');
  await form.getByRole('textbox', { name: 'Threshold', exact: true }).fill('10000');
  await preview.getByText('It would not have fired.').waitFor();
  await form.getByRole('textbox', { name: 'Threshold', exact: true }).fill('2000');
  await form.getByRole('button', { name: 'Create alert' }).click();

  await page.getByRole('article', { name: 'Latency, p95' }).waitFor();
  const [alert] = await readAlerts(ui);
  expect(alert).toMatchObject({
    name: 'Latency, p95',
    aggregation: 'P95',
    projections: ['duration'],
    window: '5m',
    thresholds: { critical: { operator: 'greater_than', value: 2000 } },
  });
  expect(new URL(page.url()).pathname).toContain(`/alerts/${alert?.id}`);
});

test('an alarm of the past leads to the events behind it', async ({ ui }) => {
  await fillHours(ui);
  const page = await ui.open('/alerts/new?n=slow&m=duration&a=max&w=5m&g=model&q=event_type:model');
  await page.getByRole('textbox', { name: 'Threshold', exact: true }).fill('1000');
  const preview = page.getByRole('region', { name: 'On past events' });
  await preview.getByText('It would have fired once in 2 groups.').waitFor();

  await preview.getByRole('row', { name: /gpt-5/ }).getByRole('link', { name: 'Events' }).click();

  await expect.poll(() => new URL(page.url()).pathname).toContain('/events');
  const query = new URL(page.url()).searchParams.get('q');
  expect(query).toBe('event_type:model model:gpt-5');
  await page
    .getByRole('row', { name: /answer/ })
    .first()
    .waitFor();
});

test('what is wrong is said at its field, and is not saved', async ({ ui }) => {
  const page = await ui.open('/alerts/new');
  const form = page.getByRole('form', { name: 'New alert' });

  await form.getByText('A name is needed.').waitFor();
  await form.getByRole('textbox', { name: 'Window' }).fill('32d');
  await form.getByText('Expected 1m to 31d').waitFor();
  await form.getByRole('textbox', { name: 'Threshold', exact: true }).fill('many');
  await form.getByText('Expected a number.').waitFor();

  expect(await form.getByRole('button', { name: 'Create alert' }).isDisabled()).toBe(true);
});

test('an alert is edited: its filters are a query, and what the form does not have stays', async ({
  ui,
}) => {
  const { data } = await ui.project.api.ok('createAlert', {
    params: { project_id: ui.project.id },
    body: {
      name: 'costly',
      aggregation: 'SUM',
      projections: ['cost_usd'],
      window: 'day',
      filters: [{ field: 'source', operator: 'is', value: 'production', type: 'string' }],
      thresholds: { critical: { operator: 'greater_than', value: 5 } },
      conditions: {
        match: 'all',
        of: [{ aggregation: 'COUNT', operator: 'greater_than', value: 3 }],
      },
    },
  });
  const page = await ui.open(`/alerts/${data.id}`);
  await page.getByText('sum of cost_usd of source:production > $5.00 over the day').waitFor();
  await page.getByRole('link', { name: 'Edit' }).click();
  const form = page.getByRole('form', { name: 'costly' });
  await expect.poll(() => form.getByRole('combobox').first().isVisible()).toBe(true);
  await form.getByRole('textbox', { name: 'Threshold', exact: true }).fill('7.5');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByText('> $7.50 over the day').waitFor();

  const [alert] = await readAlerts(ui);
  expect(alert).toMatchObject({
    filters: data.filters,
    conditions: data.conditions,
    thresholds: { critical: { value: 7.5 } },
  });
});

test('an alert is paused and resumed by undo, muted, and deleted', async ({ ui }) => {
  await ui.project.api.ok('createAlert', {
    params: { project_id: ui.project.id },
    body: {
      name: 'noisy',
      thresholds: { critical: { operator: 'greater_than', value: 1 } },
      projections: ['duration'],
    },
  });
  const page = await ui.open('/alerts');
  await page.getByRole('link', { name: 'noisy' }).click();
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  const state = async () => (await readAlerts(ui))[0];

  await choose('Pause');
  await expect.poll(async () => (await state())?.status).toBe('PAUSED');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await state())?.status).toBe('ACTIVE');
  await choose('Mute for an hour');
  await expect.poll(async () => (await state())?.is_muted).toBe(true);
  await page.getByText('Muted', { exact: true }).waitFor();
  await choose('Delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();

  await page.getByRole('heading', { name: 'No alerts yet' }).waitFor();
  expect(await readAlerts(ui)).toEqual([]);
});

test('an alert is begun from a chart, a view and a facet, with what they show', async ({ ui }) => {
  await fillHours(ui);
  const page = await ui.open('/charts?q=event_type:model');
  await page.getByRole('button', { name: 'More of this chart: Latency' }).click();
  await page.getByRole('menuitem', { name: 'Alert on this' }).click();
  await page.getByRole('form', { name: 'New alert' }).waitFor();
  const paramsOf = (address: string) => Object.fromEntries(new URL(address).searchParams);
  expect(paramsOf(page.url())).toMatchObject({ m: 'duration', a: 'p95', q: 'event_type:model' });

  const list = await ui.open('/events?q=event_type:model&f=1');
  await list.getByRole('link', { name: 'Alert by Type' }).waitFor({ state: 'attached' });
  await list.getByRole('button', { name: 'Views' }).click();
  await list.getByRole('menuitem', { name: 'Alert on this' }).click();
  await list.getByRole('form', { name: 'New alert' }).waitFor();
  expect(paramsOf(list.url())).toMatchObject({ a: 'count', q: 'event_type:model' });
});

test('an alert is begun from a view of sessions, unless that asks for sums of them', async ({
  ui,
}) => {
  await fillHours(ui);
  const about = { name: 'Production', scope: 'sessions', query: 'source:production' } as const;
  const body = { ...about, columns: [], sort: null, range: '7d' };
  await ui.project.api.ok('saveView', { params: { view_id: 'v1' }, body });
  const page = await ui.open('/sessions?q=source:production&view=v1');
  await page.getByRole('button', { name: /^Production/ }).click();
  await page.getByRole('menuitem', { name: 'Alert on this' }).click();
  await page.getByRole('form', { name: 'New alert' }).waitFor();
  const { q, n, a } = Object.fromEntries(new URL(page.url()).searchParams);

  const sums = await ui.open('/sessions?q=cost_usd:>1');
  await sums.getByRole('button', { name: 'Views' }).click();
  await sums.getByRole('menuitem', { name: 'Save as a new view' }).waitFor();

  expect({ q, n, a }).toEqual({
    q: 'source:production event_type:session',
    n: 'Production',
    a: 'count',
  });
  expect(await sums.getByRole('menuitem', { name: 'Alert on this' }).count()).toBe(0);
});

test('the threshold of an alert is on the chart that it watches', async ({ ui }) => {
  await fillHours(ui);
  await ui.project.api.ok('updateProjectSettings', {
    params: { project_id: ui.project.id },
    body: { alert_thresholds: { error_rate: 0.05 } },
  });
  const page = await ui.open('/charts');

  await page
    .getByRole('region', { name: 'Error rate' })
    .getByText(/threshold 5%/)
    .waitFor();
});

test('a destination is made, tested with the answer that comes, and deleted', async ({ ui }) => {
  const page = await ui.open('/alerts/destinations');
  const server = createServer((_request, response) => {
    response.statusCode = 418;
    response.end('short and stout');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await page.getByRole('button', { name: 'Add a destination' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('desk');
  await dialog.getByRole('textbox', { name: 'URL' }).fill(`http://127.0.0.1:${port}/hook`);
  await dialog.getByRole('button', { name: 'Add a destination' }).click();
  await dialog.getByText('Copy the signing secret now').waitFor();
  const secret = await dialog.locator('output').innerText();
  await dialog.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('button', { name: 'Send a test: desk' }).click();
  await page.getByText(/^418 · short and stout/).waitFor();
  await page.getByRole('link', { name: 'Deliveries' }).click();
  await page.getByRole('row', { name: /Test.*desk.*Failed.*418/ }).waitFor();
  await page.getByRole('link', { name: 'Destinations' }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();

  await page.getByRole('heading', { name: 'No destinations yet' }).waitFor();
  expect(secret).toMatch(/^whsec_/);
  expect(await page.content()).not.toContain(secret);
  server.close();
});
