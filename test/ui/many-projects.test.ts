import { buildEvent, createOperationCaller, startService } from 'honeyhive-testkit';
import { expect } from 'vitest';
import { expectAccessible } from './support/axe.ts';
import { test } from './support/ui-test.ts';

test('of more than a thousand projects, the address and the search find each', async ({ ui }) => {
  const service = await startService();
  try {
    const { url, key } = service;
    const api = createOperationCaller(service);
    const events = Array.from({ length: 1_200 }, (_, index) =>
      buildEvent({ project: `team ${index}` }),
    );
    await api.ok('createEventBatch', { body: { events } });

    const page = await ui.open('/p/team%201199/events', { url, key });
    await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
    await page.getByText('look up order').first().waitFor();
    const switcher = page.getByRole('button', { name: 'team 1199' });
    await switcher.click();
    const search = page.getByRole('searchbox', { name: 'Find a project' });
    await page.getByText('The first 50 of 1,201').waitFor();
    await expectAccessible(page);
    await search.fill('TEAM 117');
    await page.getByRole('button', { name: 'team 1177' }).click();

    await page.waitForURL(`${url}/p/team%201177/events`);
    await page.getByRole('button', { name: 'team 1177' }).waitFor();
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('combobox', { name: 'Commands' }).fill('team 1188');
    await page.getByRole('option', { name: 'Switch to project team 1188' }).click();
    await page.waitForURL(`${url}/p/team%201188/sessions`);
    await page.getByRole('button', { name: 'team 1188' }).waitFor();
    await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor();

    await page.goto(`${url}/p/team%20of%20nobody/events`);
    await page.getByText('There is no project “team of nobody” that your key can see').waitFor();

    // What was looked at last is where one comes back to.
    await page.goto(`${url}/`);
    await page.waitForURL(`${url}/p/team%201188/sessions`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Sessions');
  } finally {
    await service.stop();
  }
});
