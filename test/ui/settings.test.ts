import { createOperationCaller } from 'honeyhive-testkit';
import { expect, inject } from 'vitest';
import { expectAccessible } from './support/axe.ts';
import { expectFocus } from './support/focus.ts';
import { test } from './support/ui-test.ts';

test('a sampling rate is typed as percent and kept as a ratio', async ({ ui }) => {
  const page = await ui.open('/settings/sampling');
  const rate = page.getByRole('textbox', { name: 'Sessions to keep, percent' });

  await rate.fill('150');
  await page.getByText('A number from 0 to 100.').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  await rate.fill('12.5');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();

  const settings = await ui.project.api.ok('getProjectSettings', {
    params: { project_id: ui.project.id },
  });
  expect(settings.sampling_rate).toBe(0.125);
});

test('sources, types and exceptions of a sample are set, with an estimate', async ({ ui }) => {
  const sessions = [{ source: 'staging' }, { source: 'production' }, { source: 'production' }];
  for (const session of sessions) await ui.project.api.ok('startSession', { body: { session } });
  const page = await ui.open('/settings/sampling');
  const sources = page.getByRole('textbox', { name: 'Other shares for some sources' });

  await page.getByRole('textbox', { name: 'Sessions to keep, percent' }).fill('0');
  await sources.fill('staging');
  await page.getByText('Each line needs a source').waitFor();
  await sources.fill('staging 100');
  await page.getByText('Of the 3 sessions stored in the last 24 hours, about 1 would').waitFor();
  await page.getByRole('textbox', { name: 'Tool' }).fill('12.5');
  await page.getByRole('checkbox', { name: 'Sessions with an error' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();

  const settings = await ui.project.api.ok('getProjectSettings', {
    params: { project_id: ui.project.id },
  });
  expect(settings).toMatchObject({
    sampling_rate: 0,
    sampling_by_source: { staging: 1 },
    sampling_by_event_type: { tool: 0.125 },
    keep_errors: true,
    keep_feedback: false,
  });
});

test('a retention says what it would delete, and is kept', async ({ ui }) => {
  await ui.project.api.ok('startSession', { body: { session: { session_name: 'new' } } });
  const page = await ui.open('/settings/retention');
  const read = () =>
    ui.project.api.ok('getProjectSettings', { params: { project_id: ui.project.id } });

  await page.getByRole('checkbox', { name: 'Keep indefinitely' }).uncheck();
  const days = page.getByRole('textbox', { name: 'Days to keep events' });
  await days.fill('1.5');
  await page.getByText('A whole number of days').waitFor();
  await days.fill('30');
  await page.getByText('No stored session is older.').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(async () => (await read()).retention_days).toBe(30);
  await page.getByRole('checkbox', { name: 'Keep indefinitely' }).check();
  await page.getByRole('button', { name: 'Save' }).click();

  await expect.poll(async () => (await read()).retention_days).toBeNull();
});

test('payloads are kept for other days than their events', async ({ ui }) => {
  const page = await ui.open('/settings/retention');

  await page.getByRole('checkbox', { name: 'Keep inputs and outputs as long' }).uncheck();
  const days = page.getByRole('textbox', { name: 'Days to keep inputs and outputs' });
  await days.fill('0');
  await page.getByText('A whole number of days').waitFor();
  await days.fill('7');
  await page.getByText('No stored input or output is older.').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();

  const settings = await ui.project.api.ok('getProjectSettings', {
    params: { project_id: ui.project.id },
  });
  expect(settings).toMatchObject({ retention_days: null, payload_retention_days: 7 });
});

test('models without a price are listed, and get one', async ({ ui }) => {
  const usage = { prompt_tokens: 1_000, completion_tokens: 10 };
  await ui.project.api.ok('createEvent', {
    body: {
      event_type: 'model',
      event_name: 'call',
      config: { model: 'house-1' },
      outputs: { usage },
    },
  });
  const page = await ui.open('/settings/prices');
  await page.getByRole('rowheader', { name: 'house-1' }).waitFor();
  const prices = page.getByRole('textbox', { name: 'Prices of this project' });

  await prices.fill('house-* 1');
  await page.getByText('Each line needs a model').waitFor();
  await prices.fill('house-* 1 2 0.1');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();

  const { overrides } = await ui.project.api.ok('explorePrices', { body: {} });
  expect(overrides).toEqual([{ model: 'house-*', input: 1, output: 2, cache_read: 0.1 }]);
});

test('a key is made, shown once, and revoked', async ({ ui }) => {
  const page = await ui.open('/settings/keys');
  await page.getByRole('button', { name: 'Create key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('for the app');
  await dialog.getByRole('combobox', { name: 'Access' }).selectOption('read');
  await dialog.getByRole('combobox', { name: 'Expires' }).selectOption('In 7 days');
  await dialog.getByRole('button', { name: 'Create key' }).click();
  await dialog.getByText('Copy it now').waitFor();
  const key = await dialog.locator('output').innerText();
  await dialog.getByRole('button', { name: 'Done' }).click();

  const made = createOperationCaller({ url: ui.project.url, key });
  await made.ok('listEvents');
  await page.getByRole('row', { name: /for the app.*Active, expires in 7 days/ }).waitFor();
  await page.getByRole('button', { name: 'Revoke for the app' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();

  await page.getByRole('row', { name: /for the app.*Revoked/ }).waitFor();
  expect(await page.content()).not.toContain(key);
});

test('a key is revoked with the active keys that were made with it, and says so', async ({
  ui,
}) => {
  const make = async (name: string, key = ui.project.key) => {
    const api = createOperationCaller({ url: ui.project.url, key });
    return (await api.ok('createKey', { body: { name, access: 'full' } })).api_key;
  };
  const leaked = await make('leaked');
  await make('grandchild', await make('child', leaked));
  await make('of another', ui.project.key);
  const page = await ui.open('/settings/keys');
  const row = (name: string, state: string) =>
    page.getByRole('row', { name: new RegExp(`^${name} .*${state}`) });
  await row('grandchild', 'child .*Active').waitFor();

  await page.getByRole('button', { name: 'Revoke leaked' }).click();
  const dialog = page.getByRole('dialog');
  const all = dialog.getByRole('checkbox', {
    name: 'Also the 2 active keys created with it',
  });
  await expectAccessible(page);
  expect(await all.isChecked()).toBe(false);
  await all.check();
  await dialog.getByRole('button', { name: 'Revoke' }).click();

  await row('leaked', 'Revoked').waitFor();
  await row('child', 'Revoked').waitFor();
  await row('grandchild', 'Revoked').waitFor();
  await row('of another', 'Active').waitFor();
});

test('a key of which others were made is revoked alone where one leaves them out', async ({
  ui,
}) => {
  const { url, key } = ui.project;
  const api = createOperationCaller({ url, key });
  const made = await api.ok('createKey', { body: { name: 'maker', access: 'full' } });
  const maker = createOperationCaller({ url, key: made.api_key });
  await maker.ok('createKey', { body: { name: 'made', access: 'read' } });
  const page = await ui.open('/settings/keys');

  await page.getByRole('button', { name: 'Revoke maker' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Also the active key created with it').waitFor();
  await dialog.getByRole('button', { name: 'Revoke' }).click();

  await page.getByRole('row', { name: /^maker .*Revoked/ }).waitFor();
  await page.getByRole('row', { name: /^made .*Active/ }).waitFor();
  await page.getByRole('button', { name: 'Revoke made' }).click();
  await dialog.getByText('Its requests are rejected within a second').waitFor();
  expect(await dialog.getByRole('checkbox').count()).toBe(0);
});

test('a key of the project describes it, and does not rename it', async ({ ui }) => {
  const page = await ui.open('/settings/general');
  const name = page.getByRole('textbox', { name: 'Name' });
  await page.getByText('Only organisation keys can rename a project.').waitFor();
  await page.getByRole('textbox', { name: 'Description' }).fill('ours');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();

  expect(await name.getAttribute('readonly')).not.toBeNull();
  const project = await ui.project.api.ok('getProject', { params: { project_id: ui.project.id } });
  expect(project).toMatchObject({ name: ui.project.name, description: 'ours' });
});

test('a key of the organisation renames a project, and its address follows', async ({ ui }) => {
  const page = await ui.open('/settings/general', { key: inject('service').key });
  const name = page.getByRole('textbox', { name: 'Name' });
  await name.fill(`${ui.project.name} two`);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();

  const project = await ui.project.api.ok('getProject', { params: { project_id: ui.project.id } });
  expect(project.name).toBe(`${ui.project.name} two`);
});

test('with the keyboard alone: a rate is changed and saved, a key made and its dialog left', async ({
  ui,
}) => {
  const page = await ui.open('/settings/sampling');
  const rate = page.getByRole('textbox', { name: 'Sessions to keep, percent' });
  await rate.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('40');
  // Past the other fields and the way back, to the way on.
  for (let stop = 0; stop < 8; stop += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('Saved', { exact: true }).waitFor();

  await page.getByRole('link', { name: 'Keys' }).focus();
  await page.keyboard.press('Enter');
  const button = page.getByRole('button', { name: 'Create key' });
  await button.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');

  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  await expectFocus(button);
});
