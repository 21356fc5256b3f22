// The floor of the ingest benchmark, in its own process: JSON.parse of the same bodies and a raw insert of the same
// rows into the same table, one body after the other. Prints its figures as one line of JSON.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChdbConnection } from 'chdb/connection';
import { draftEvent } from '../../packages/server/dist/domain/event-draft.js';
import {
  encodeEvents,
  eventColumns,
  eventTable,
} from '../../packages/server/dist/store/events/rows/event-row.js';
import { openEventStore } from '../../packages/server/dist/store/events/open-event-store.js';
import { eventsPerBatch, makeBodies } from './workload.mjs';

const [batchCount = 100, warmUpCount = 20] = process.argv.slice(2).map(Number);
const dataDir = await mkdtemp(join(tmpdir(), 'honeyhive-floor-'));
const store = await openEventStore({ dataDir });
const connection = createChdbConnection({ path: join(dataDir, 'events') });

const bodies = makeBodies(batchCount + warmUpCount);
const payloads = bodies.map((body) =>
  encodeEvents(
    JSON.parse(body).events.map((input) => {
      const draft = draftEvent(input, {
        projectId: 'bench',
        now: Date.now(),
        acceptsUnknownType: true,
        isByOrganisation: true,
        apiKeyId: 'bench',
      });
      return draft.event;
    }),
  ),
);

const insert = async (index) => {
  JSON.parse(bodies[index]);
  await connection.chdb.rawInsert({
    table: `honeyhive.${eventTable}`,
    columns: eventColumns,
    values: payloads[index],
    format: 'TSV',
  });
};

for (let index = 0; index < warmUpCount; index += 1) await insert(index);
const cpuBefore = process.cpuUsage();
const start = performance.now();
for (let index = warmUpCount; index < bodies.length; index += 1) await insert(index);
const wallMs = performance.now() - start;
const cpu = process.cpuUsage(cpuBefore);

await connection.close();
await store.close();
await rm(dataDir, { recursive: true, force: true });
console.log(
  JSON.stringify({
    events: batchCount * eventsPerBatch,
    wallMs,
    cpuMs: (cpu.user + cpu.system) / 1000,
  }),
);
