import { call } from 'honeyhive-testkit';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { expectAccessible } from './support/axe.ts';
import { looks, takePicture } from './support/looks.ts';
import { test } from './support/ui-test.ts';

const run = promisify(execFile);

test.for(looks)('how to send data, %o', async ({ theme, size }, { ui }) => {
  const page = await ui.open('/start', { theme, size });
  await page.getByText('Listening.').waitFor();

  await takePicture(page, `onboarding ${theme} ${size}`);
  await expectAccessible(page);
});

test('the key and the curl command of the page lead to the first session', async ({ ui }) => {
  const page = await ui.open('/start');
  await page.getByText('Listening.').waitFor();

  await page.getByRole('button', { name: 'Create key' }).click();
  const key = page.getByRole('textbox', { name: 'Key to put into the snippets' });
  await expect.poll(() => key.inputValue()).toMatch(/^hh_/);
  const secret = await key.inputValue();
  const command = await page.getByRole('tabpanel').locator('pre').last().innerText();
  await run('sh', ['-c', command]);
  await page.getByText('“answer” has arrived.').waitFor();
  await page.getByRole('link', { name: 'Open session' }).click();

  await page.getByRole('row', { name: /answer/ }).waitFor();
  expect(page.url()).not.toContain(secret);
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(secret);
});

test('a request that is refused is shown with the reason', async ({ ui }) => {
  const page = await ui.open('/start');
  await page.getByText('Listening.').waitFor();

  await call({ url: ui.project.url, key: ui.project.key }, 'POST /events', {
    body: { event: { event_type: 'wrong', event_name: 'x' } },
  });

  const refused = page.getByText(/A request was refused: 400 invalid_request/);
  await refused.waitFor();
  expect(await page.getByRole('listitem').last().innerText()).toContain('event_type');
});

test('a test event from the browser arrives', async ({ ui }) => {
  const page = await ui.open('/start');

  await page.getByRole('button', { name: 'Send a test event from this browser' }).click();

  await page.getByText('“test-event” has arrived.').waitFor();
});
