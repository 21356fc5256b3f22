import { createOperationCaller } from 'honeyhive-testkit';
import { operations } from 'honeyhive-wire';
import { expect, inject, test } from 'vitest';

const api = createOperationCaller({ url: inject('service').url });

test.each(operations.getHealth.paths)('GET %s answers without a key', async (path) => {
  const health = await api.ok('getHealth', { path });

  expect(health.status).toBe('ok');
  expect(health.version).toMatch(/^\d+\.\d+\.\d+/);
  expect(health.uptime_ms).toBeGreaterThan(0);
  expect(Math.abs(Date.parse(health.timestamp) - Date.now())).toBeLessThan(60_000);
});

test('a wrong key does not matter to it', async () => {
  const health = await api.ok('getHealth', { key: 'wrong' });

  expect(health.status).toBe('ok');
});
