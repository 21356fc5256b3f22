// How long the first call takes in a fresh process, milliseconds: of each view, the import of the package not counted.
import { HoneyHive, HoneyHiveSync } from '../../packages/client/dist/sync.js';

const [, , baseUrl] = process.argv;
const options = { apiKey: 'key', baseUrl, maxRetries: 0 };
const event = { session_id: 'bench', event_type: 'tool', event_name: 'first' };

const beforeSync = performance.now();
const blocking = new HoneyHiveSync(options);
blocking.createEvent(event);
const syncMs = performance.now() - beforeSync;

const beforeAsync = performance.now();
const other = new HoneyHive(options);
await other.createEvent(event);
const asyncMs = performance.now() - beforeAsync;
await other.close();

console.log(JSON.stringify({ syncMs, asyncMs }));
