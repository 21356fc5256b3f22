import { buildEvent } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { expectAccessible } from './support/axe.ts';
import { looks, takePicture } from './support/looks.ts';
import { test } from './support/ui-test.ts';

const names = [
  ['', '(no name)'],
  [' ', '(no name)'],
  ['\u3164', '(no name)'],
  ['\u200b', '[U+200B]'],
  ['pay \u202eedirrevo', 'pay [U+202E]edirrevo'],
] as const;

test.for(looks)(
  'names without visible text, and texts that turn round, can be read everywhere, %o',
  async ({ theme, size }, { ui }) => {
    const { api } = ui.project;
    const sessions = names.map(([session_name]) => ({ session_id: randomUUID(), session_name }));
    for (const session of sessions) {
      await api.ok('startSession', { body: { session } });
      const event = {
        event_type: 'tool',
        session_id: session.session_id,
        event_name: session.session_name,
        inputs: { text: 'turn \u202edenrut' },
      };
      await api.ok('createEvent', { body: { event: buildEvent(event) } });
    }

    const page = await ui.open('/events', { theme, size });
    const rows = page.getByRole('grid').locator('[data-row]');
    await rows.nth(9).waitFor();
    const links = await rows.getByRole('link').allTextContents();
    for (const [, shown] of names) expect(links).toContain(shown);
    if (size === 'desktop') await page.getByText('turn [U+202E]denrut').first().waitFor();
    await takePicture(page, `odd names ${theme} ${size}`);
    await expectAccessible(page);

    const [session] = sessions;
    await page.goto(new URL(`sessions/${session?.session_id}`, page.url()).href);
    await page.getByRole('heading', { name: '(no name)' }).first().waitFor();
    expect(await page.getByRole('treegrid').getByText('(no name)').count()).toBe(2);
  },
);

test('lists, quotes and tables of Arabic stand on the right', async ({ ui }) => {
  const session_id = randomUUID();
  const content =
    '- قائمة أولى\n- ثانية\n\n1. واحد\n\n   اثنان\n\n> اقتباس\n\n| اسم | قيمة |\n| - | - |\n| أ | ب |';
  const event = buildEvent({
    session_id,
    event_type: 'model',
    inputs: { messages: [{ role: 'user', content: `Translate:\n\n${content}` }] },
  });
  await ui.project.api.ok('createEvent', { body: { event } });

  const page = await ui.open(`/sessions/${session_id}?e=${event.event_id}`);

  for (const tag of ['ul', 'ol', 'blockquote', 'table'] as const) {
    const element = page
      .locator(tag)
      .filter({ hasText: /[\u0600-\u06ff]/ })
      .first();
    await element.waitFor();
    expect(await element.evaluate((one) => getComputedStyle(one).direction)).toBe('rtl');
  }
});
