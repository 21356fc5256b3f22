import { expect } from 'vitest';
import { fillSupportDesk } from './support/support-desk.ts';
import { test } from './support/ui-test.ts';

const rows = '/v1/explore/rows';

test.for([
  ['sessions', rows],
  ['sessions?t=7d&s=duration&c=name,metadata.plan&in=any_event&tz=Asia/Tokyo', rows],
  ['events?t=7d', rows],
  ['events?k=models&t=7d', rows],
  ['sessions/:id', '/skeleton'],
] as const)(
  'what %s shows is asked for before its code is there, and once',
  async ([address, question], { ui }) => {
    await fillSupportDesk(ui.project, { sessions: 3 });
    const page = await ui.open('/sessions');
    const row = page.locator('[data-row]').first();
    const id = (await row.getAttribute('data-row')) ?? '';
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const questions = (ending: string) => asked.filter((path) => path.endsWith(ending)).length;
    await page.context().route(/\/assets\/app-.*\.js$/, async (route) => {
      await expect.poll(() => questions(question), { timeout: 15_000 }).toBe(1);
      await route.continue();
    });

    await page.goto(new URL(address.replace(':id', id), page.url()).href);
    await page.locator('[data-row], [role=treegrid] [data-place]').first().waitFor();

    expect(questions(question)).toBe(1);
    expect(questions('/ui/session')).toBe(1);
  },
);

test('a session is asked for as one goes to it, before its screen is there, and once', async ({
  ui,
}) => {
  await fillSupportDesk(ui.project, { sessions: 3 });
  const page = await ui.open('/sessions');
  let asked = 0;
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.endsWith('/skeleton')) asked += 1;
  });
  await page.context().route(/\/assets\/session-screen-.*\.js$/, async (route) => {
    await expect.poll(() => asked, { timeout: 60_000 }).toBe(1);
    await route.continue();
  });
  await page.reload();
  await page.locator('[data-row]').first().waitFor();

  const visit = async () => {
    // The first of the three, wherever the keys are.
    await page.keyboard.type('jjjkkk');
    await page.keyboard.press('Enter');
    await page.locator('[role=treegrid] [data-place]').first().waitFor();
  };
  await visit();
  expect(asked).toBe(1);
  await page.goBack();
  await page.locator('[data-row]').first().waitFor();
  await visit();
  expect(asked).toBe(1);
});
