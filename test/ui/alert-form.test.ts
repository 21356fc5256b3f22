import { expect } from 'vitest';
import { expectAccessible } from './support/axe.ts';
import { sizes, test } from './support/ui-test.ts';
import type { Ui } from './support/ui-test.ts';

const readAlerts = async ({ project }: Ui) =>
  (await project.api.ok('listAlerts', { params: { project_id: project.id } })).data;

test('a share with further conditions and a channel is made by keyboard', async ({ ui }) => {
  const page = await ui.open('/alerts/new?n=Failing&w=1h');
  const form = page.getByRole('form', { name: 'New alert' });
  await form.getByLabel('Aggregation').selectOption('share of events');
  await form.getByLabel('Events that also match').fill('some words');
  await form.getByText('Expected conditions on fields').waitFor();
  await form.getByLabel('Events that also match').fill('has:error');
  await form.getByRole('textbox', { name: 'Threshold', exact: true }).fill('5');
  await form.getByRole('button', { name: 'Add a condition' }).press('Enter');
  const first = form.getByRole('group', { name: 'Condition 1' });
  await first.getByLabel('Aggregation').selectOption('count');
  await first.getByLabel('Value').fill('20');
  await form.getByRole('button', { name: 'Add a condition' }).press('Enter');
  await form.getByRole('button', { name: 'Remove condition 2' }).press('Enter');
  const channels = form.getByRole('group', { name: 'Channels of this alert' });
  await channels.getByLabel('Triggered').selectOption('Slack');
  await channels.getByText('An address is needed.').waitFor();
  await channels.getByLabel('URL').fill('https://hooks.example.com/T0/secret');
  await form.getByLabel('Name').press('Enter');

  await page.getByRole('article', { name: 'Failing' }).waitFor();
  const [alert] = await readAlerts(ui);
  expect(alert).toMatchObject({
    ratio: { filters: [{ field: 'error', operator: 'exists' }] },
    thresholds: { critical: { operator: 'greater_than', value: 0.05 } },
    conditions: {
      match: 'all',
      of: [{ aggregation: 'COUNT', projections: [], operator: 'greater_than', value: 20 }],
    },
    notification_details: {
      critical: { channel: 'SLACK', metadata: { url: 'https://hooks.example.com/…' } },
    },
  });
});

const whole = {
  name: 'whole',
  ratio: { filters: [{ field: 'error', operator: 'exists' }] },
  thresholds: { critical: { operator: 'greater_than', value: 0.1 } },
  conditions: { match: 'any', of: [{ aggregation: 'COUNT', operator: 'greater_than', value: 3 }] },
  notification_details: {
    critical: { channel: 'WEBHOOK', metadata: { url: 'https://a.example.com/s', more: 'x' } },
    resolved: { channel: 'EMAIL', metadata: { to: 'a@example.org' } },
  },
} as const;

test('what is not changed of channels and conditions stays; a kind without them drops them', async ({
  ui,
}) => {
  const params = { project_id: ui.project.id };
  const { data: made } = await ui.project.api.ok('createAlert', { params, body: whole });
  const page = await ui.open(`/alerts/${made.id}/edit`);
  const form = page.getByRole('form', { name: 'whole' });
  await form.getByRole('textbox', { name: 'Threshold', exact: true }).fill('20');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('article', { name: 'whole' }).waitFor();
  const [changed] = await readAlerts(ui);
  await page.getByRole('link', { name: 'Edit' }).click();
  await form.getByLabel('Kind').selectOption('Each single event');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('article', { name: 'whole' }).waitFor();
  const [single] = await readAlerts(ui);

  const { ratio, conditions, notification_details } = made;
  expect(changed).toMatchObject({ ratio, conditions, notification_details });
  expect(changed?.thresholds?.critical.value).toBe(0.2);
  expect(single).toMatchObject({ alert_type: 'PER_EVENT', ratio: null, conditions: null });
});

test.for([
  ['light', 'desktop'],
  ['dark', 'desktop'],
  ['light', 'phone'],
  ['dark', 'phone'],
] as const)('the form is accessible: %s, %s', async ([theme, size], { ui }) => {
  const params = { project_id: ui.project.id };
  const { data } = await ui.project.api.ok('createAlert', { params, body: whole });
  const page = await ui.open(`/alerts/${data.id}/edit`, { theme, size });
  await page.getByRole('group', { name: 'Condition 1' }).waitFor();

  await expectAccessible(page);
  expect(page.viewportSize()).toEqual(sizes[size]);
});
