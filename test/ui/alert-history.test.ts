import { createOperationCaller, startService } from 'honeyhive-testkit';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { makeFakeClock } from '../faults/fake-clock.ts';
import { test } from './support/ui-test.ts';

const minuteMs = 60_000;

test('a change in the history leads to the events behind its value', async ({ ui }) => {
  const clock = await makeFakeClock();
  const service = await startService({ env: { HH_ALERT_DELAY_MS: '0', ...clock.env } });
  try {
    const api = createOperationCaller(service);
    const params = { project_id: 'default' };
    const minute = Math.floor(Date.now() / minuteMs) * minuteMs;
    const event = { event_type: 'tool', start_time: minute + 1_000 } as const;
    await api.ok('createEventBatch', {
      body: {
        events: [
          { ...event, event_name: 'slow search', source: 'a', duration: 9_000 },
          { ...event, event_name: 'quick search', source: 'b', duration: 10 },
          { ...event, event_name: 'before', source: 'a', start_time: minute - minuteMs },
        ],
      },
    });
    const { data: alert } = await api.ok('createAlert', {
      params,
      body: {
        name: 'slow tools',
        aggregation: 'MAX',
        projections: ['duration'],
        group_by: 'source',
        window: '1m',
        thresholds: { critical: { operator: 'greater_than', value: 5_000 } },
      },
    });
    clock.shift((minute + minuteMs + 1_000 - Date.now()) / 1_000);
    const at = { ...params, alert_id: alert.id };
    await expect
      .poll(async () => (await api.ok('getAlertHistory', { params: at })).data.length, {
        timeout: 30_000,
      })
      .toBe(1);

    const page = await ui.open(`/p/default/alerts/${alert.id}`, service);
    const history = page.getByRole('region', { name: 'History' });
    await history
      .getByRole('row', { name: /Triggered a 9/ })
      .getByRole('link', { name: 'Events' })
      .click();

    await page.getByRole('row', { name: /slow search/ }).waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('source:a');
    expect(await page.getByRole('row', { name: /quick search|before/ }).count()).toBe(0);
  } finally {
    await service.stop();
    await clock.release();
  }
});

test('a delivery that failed is sent again, and its answer is shown', async ({ ui }) => {
  let status = 418;
  const ids: unknown[] = [];
  const receiver = createServer((request, response) => {
    ids.push(request.headers['webhook-id']);
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port } = receiver.address() as AddressInfo;
  const params = { project_id: ui.project.id };
  const { destination } = await ui.project.api.ok('createAlertDestination', {
    params,
    body: { kind: 'webhook', name: 'desk', url: `http://127.0.0.1:${port}/` },
  });
  await ui.project.api.ok('testAlertDestination', {
    params: { ...params, destination_id: destination.id },
  });
  const page = await ui.open('/alerts/deliveries');
  await page.getByRole('row', { name: /Test desk Failed.*418/ }).waitFor();

  status = 204;
  await page.getByRole('button', { name: 'Send again' }).press('Enter');
  await page.getByText('It is sent again').waitFor();
  await expect.poll(() => ids.length, { timeout: 15_000 }).toBe(2);
  await page.reload();

  await page.getByRole('row', { name: /Test desk Delivered.*204/ }).waitFor();
  expect(new Set(ids).size).toBe(1);
  receiver.close();
});
