import { HoneyHive } from 'honeyhive';
import { byLevel, createOperationCaller, startFaultProxy, startService } from 'honeyhive-testkit';
import type { SeenRequest } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';

const outageMs = byLevel({ short: 5_000, full: 30_000 });
const aroundMs = byLevel({ short: 1_000, full: 2_000 });
const perSecond = 400;

const service = await startService({ env: { HH_LOG_LEVEL: 'warn' } });
const proxy = await startFaultProxy(service.url);
const api = createOperationCaller(service);
const client = new HoneyHive({ apiKey: service.key, baseUrl: proxy.url });
afterAll(async () => {
  await client.close();
  await proxy.close();
  await service.stop();
});

/** Logs at a constant rate until it is stopped. */
function startLogging(sessions: readonly string[]) {
  const startedAt = performance.now();
  let place = 0;
  const timer = setInterval(() => {
    const due = ((performance.now() - startedAt) / 1000) * perSecond;
    for (; place < due; place += 1) {
      client.logEvent({
        session_id: sessions[place % sessions.length] ?? '',
        event_type: 'tool',
        event_name: 'step',
        inputs: { text: 'x'.repeat(500) },
        metadata: { place },
      });
    }
  }, 10);
  return {
    stop() {
      clearInterval(timer);
      return place;
    },
  };
}

function countEvents({ body, headers }: SeenRequest): number {
  const text = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
  return (JSON.parse(text.toString()) as { events: unknown[] }).events.length;
}

async function readPlaces(session_id: string): Promise<number[]> {
  const tree = await api.ok('getSessionTree', { params: { session_id } });
  return tree.children.map(({ metadata }) => Number((metadata as { place?: number }).place));
}

test(`${outageMs / 1000} seconds without the service lose nothing, double nothing, and end in few large batches`, async () => {
  const sessions = Array.from({ length: 5 }, () => randomUUID());
  const logging = startLogging(sessions);
  await sleep(aroundMs);
  await proxy.goAway();
  await sleep(outageMs);
  const away = client.stats();
  const before = proxy.requests.length;
  await proxy.comeBack();
  await sleep(aroundMs);
  const logged = logging.stop();

  const report = await client.flush({ timeout: 120 });

  expect(away.pending).toBeGreaterThan((outageMs / 1000) * perSecond * 0.9);
  expect(report).toMatchObject({ sent: logged, stored: logged, dropped: {}, pending: 0 });
  const sizes = proxy.requests.map(countEvents);
  expect(Math.max(...sizes.slice(before))).toBeGreaterThan(2 * Math.max(...sizes.slice(0, before)));
  const places = (await Promise.all(sessions.map(readPlaces))).flat();
  expect(places.toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: logged }, (_each, place) => place),
  );
});
