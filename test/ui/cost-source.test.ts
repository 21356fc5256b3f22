import { buildEvent } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { expectAccessible } from './support/axe.ts';
import { looks, takePicture } from './support/looks.ts';
import { test } from './support/ui-test.ts';

const ofModel = (model: string, metadata = {}) => ({
  event_type: 'model',
  event_name: model,
  config: { model },
  metadata: { prompt_tokens: 1_000_000, completion_tokens: 100_000, ...metadata },
});

test.for(looks)(
  'a session says for each event where its cost comes from, %o',
  async ({ theme, size }, { ui }) => {
    const { api } = ui.project;
    const session_id = randomUUID();
    const { table } = await api.ok('explorePrices', { body: {} });
    const calls = [
      [ofModel('gpt-4o'), `$3.50 (price table of ${table?.date})`],
      [ofModel('gpt-4o', { cost: 7 }), '$7.00 (from the sender)'],
      [ofModel('house-model'), 'no price for the model'],
    ] as const;

    for (const [call, shown] of calls) {
      const event = buildEvent({ ...call, session_id, inputs: { text: 'hi' } });
      await api.ok('createEvent', { body: { event } });
      const page = await ui.open(`/sessions/${session_id}?e=${event.event_id}`, { theme, size });
      await page.getByText(shown).waitFor();
      await takePicture(page, `cost ${shown.slice(0, 5)} ${theme} ${size}`);
      await expectAccessible(page);
    }
    const list = await ui.open('/sessions', { theme, size });
    await list.getByText('≥ $10.50').waitFor();
    await expectAccessible(list);
    const session = await ui.open(`/sessions/${session_id}`, { theme, size });
    await session.getByTitle('The cost of 1 event is unknown: its model has no price.').waitFor();
  },
);
