import { expect } from 'vitest';
import { expectAria } from './support/aria.ts';
import { expectAccessible } from './support/axe.ts';
import { expectFocus } from './support/focus.ts';
import { looks, takePicture } from './support/looks.ts';
import { test } from './support/ui-test.ts';

test('the screens, the palette and the sheet of keys are reached without a mouse', async ({
  ui,
}) => {
  const page = await ui.open('/settings');
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();

  await page.keyboard.type('gs');
  await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor();

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Commands' }).fill('alerts');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Alerts' }).waitFor();

  await page.keyboard.press('Shift+?');
  await page
    .getByRole('dialog', { name: 'Keyboard shortcuts' })
    .getByText('Show keyboard shortcuts')
    .waitFor();
  await page.keyboard.type('gs');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  expect(page.url()).toContain('/alerts');
});

test('Tab goes from the skip link through the rail, and each place of the focus can be seen', async ({
  ui,
}) => {
  const page = await ui.open('/sessions');
  await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor();
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(element ?? document.body);
      const name = element?.getAttribute('aria-label') ?? element?.textContent ?? '';
      return { name: name.trim(), isSeen: outlineStyle !== 'none' && outlineWidth !== '0px' };
    });

  const seen = [];
  for (let count = 0; count < 9; count += 1) {
    await page.keyboard.press('Tab');
    seen.push(await focused());
  }

  expect(seen.filter(({ isSeen }) => !isSeen)).toEqual([]);
  expect(seen.map(({ name }) => name)).toEqual([
    'Skip to content',
    ui.project.name,
    'Search commands',
    'Sessions',
    'Events',
    'Charts',
    'Alerts',
    'Settings',
    'Send data',
  ]);
});

test('the skip link leads past the rail', async ({ ui }) => {
  const page = await ui.open('/sessions');
  await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor();

  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');

  await expectFocus(page.locator('#content'));
});

test('a menu is opened, moved in and left by keys, and gives the focus back', async ({ ui }) => {
  const page = await ui.open('/sessions');
  const button = page.getByRole('button', { name: 'Account' });

  await button.focus();
  await page.keyboard.press('Enter');
  await expectFocus(page.getByRole('menu', { name: 'Account' }));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('da');
  await expectFocus(page.getByRole('menuitemcheckbox', { name: 'Dark' }));
  await page.keyboard.press('Enter');
  await expect
    .poll(() => page.evaluate(() => document.documentElement.dataset['theme']))
    .toBe('dark');
  await expectFocus(button);
  await page.keyboard.press('Enter');
  await expectFocus(page.getByRole('menu', { name: 'Account' }));
  await page.keyboard.press('Escape');

  await expect.poll(() => page.getByRole('menu').count()).toBe(0);
  await expectFocus(button);
});

test('an id of a session that is pasted into the palette leads to it', async ({ ui }) => {
  const { session_id } = await ui.project.api.ok('startSession', {
    body: { session: { session_name: 'pasted' } },
  });
  const page = await ui.open('/charts');
  await page.getByRole('heading', { level: 1, name: 'Charts' }).waitFor();

  await page.getByRole('button', { name: 'Search commands' }).click();
  await page.getByRole('combobox', { name: 'Commands' }).fill(session_id);
  await page.getByRole('option', { name: `Open session ${session_id}` }).click();

  await expect.poll(() => page.url()).toContain(`/sessions/${session_id}`);
});

test.for(looks)('the palette and the sheet of keys, %o', async ({ theme, size }, { ui }) => {
  const page = await ui.open('/charts', { theme, size });
  await page.getByRole('button', { name: 'Search commands' }).click();
  await page.getByRole('combobox', { name: 'Commands' }).fill('go');

  await takePicture(page, `palette ${theme} ${size}`);
  await expectAccessible(page);
  await expectAria(page.getByRole('dialog'), 'palette');

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await takePicture(page, `keys ${theme} ${size}`);
  await expectAccessible(page);
});
