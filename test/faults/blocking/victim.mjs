// Makes one blocking call, and prints how it ended. The preload beside this file does something to the worker.
import { HoneyHiveSync } from 'honeyhive/sync';

const [baseUrl] = process.argv.slice(2);
const client = new HoneyHiveSync({ baseUrl, apiKey: 'key', timeout: 60, maxRetries: 0 });
const call = () => {
  const startedAt = performance.now();
  try {
    return { value: client.getEvent('e').event_id, ms: performance.now() - startedAt };
  } catch (error) {
    const { name, code, mayHaveArrived, cause } = error;
    const ms = performance.now() - startedAt;
    return { name, code, mayHaveArrived, cause: cause?.message, ms };
  }
};

console.log(JSON.stringify([call(), call()]));
