import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ClientConfig } from '../../options/config.ts';
import { findKeyRisks } from '../../options/key-risks.ts';
import { createWarner } from '../../options/warner.ts';
import { exitCell } from './exit-message.ts';
import type { ExitSetup } from './exit-message.ts';

/**
 * How long the worker may take to start: on a machine with much to do, longer than a service that is there takes to
 * answer.
 */
const startMs = 5000;

/**
 * Post the bodies from a worker while this thread sleeps: in the `exit` event nothing else runs any more.
 *
 * Gives up when the service does not answer for `exitTimeoutMs`. Never throws.
 */
export function postWhileWaiting(bodies: readonly Uint8Array[], config: ClientConfig): void {
  if (bodies.length === 0) return;
  try {
    const cells = new Int32Array(
      new SharedArrayBuffer(Object.keys(exitCell).length * Int32Array.BYTES_PER_ELEMENT),
    );
    const { apiKey, headers, retry, transport } = config;
    const warn = createWarner(config.warningLogger);
    for (const risk of findKeyRisks({ apiKey, baseUrl: transport.baseUrl })) warn(risk);
    const { exitTimeoutMs: timeoutMs } = config.delivery;
    const setup: ExitSetup = { bodies, apiKey, headers, retry, transport, timeoutMs, cells };
    // The options of the process, such as `--eval`, are not for the worker.
    const worker = new Worker(workerFile(), { workerData: setup, execArgv: [], stdout: true });
    worker.unref();
    waitForAll(cells, bodies.length, timeoutMs);
  } catch {
    // The process is ending: there is nobody left to tell, and it must end as it would have.
  }
}

function waitForAll(cells: Int32Array, count: number, timeoutMs: number): void {
  const readDone = () => Atomics.load(cells, exitCell.done);
  for (let done = readDone(); done < count; done = readDone()) {
    const isUp = Atomics.load(cells, exitCell.isUp) === 1;
    const limitMs = isUp ? timeoutMs : Math.max(timeoutMs, startMs);
    if (Atomics.wait(cells, exitCell.done, done, limitMs) === 'timed-out') return;
  }
}

/** Threads load JavaScript only: from the sources, it is the file that was built of them. */
function workerFile(): string {
  const here = import.meta.url;
  const built = '../../../dist/delivery/node/exit-worker.js';
  const path = fileURLToPath(new URL(here.endsWith('.ts') ? built : './exit-worker.js', here));
  if (!existsSync(path)) throw new Error(`${path} is missing`);
  return path;
}
