import { MessageChannel, Worker, receiveMessageOnPort } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { toCallInput } from '../../call/endpoint-call.ts';
import { exitWorkerCode } from '../../generated/exit-worker.ts';
import type { Logger } from '../../options/logger.ts';
import type { BatchBody } from '../body.ts';
import { assumeExitResult, exitCell } from './exit-message.ts';
import type { ExitResult, ExitRoute, ExitSetup } from './exit-message.ts';
import { addLoss } from './process-losses.ts';

/** What one client still has to deliver when the process ends. */
export interface ExitJob {
  readonly bodies: readonly BatchBody[];
  /** null: it is too late to send them. */
  readonly route: ExitRoute | null;
  /** Why events are not delivered, unless the service says why. */
  readonly failure: string;
  /** null: losses are not reported. */
  readonly logger: Logger | null;
}

/**
 * How long the worker may take to start: on a machine with much to do, longer than a service that is there takes to
 * answer.
 */
const startMs = 5000;

/**
 * Post the bodies of all clients at once from a worker while this thread sleeps: in the `exit` event nothing else runs
 * any more.
 *
 * Gives up when no service answers for the longest timeout of the routes. Never throws; what is lost is noted.
 */
export function postWhileWaiting(jobs: readonly ExitJob[]): void {
  const { results, failure } = tryPost(
    jobs.flatMap(({ bodies, route }, id) => (route === null ? [] : [{ id, bodies, route }])),
  );
  for (const [id, job] of jobs.entries()) {
    if (job.logger === null) continue;
    for (const [place, { events }] of job.bodies.entries()) {
      const result = results.find((each) => each.job === id && each.body === place);
      const message = result?.message ?? failure ?? job.failure;
      addLoss(job.logger, {
        events: result === undefined ? events : (result.lost ?? events),
        message,
      });
    }
  }
}

interface Posted {
  readonly results: readonly ExitResult[];
  /** Why nothing could be sent; null: it could. */
  readonly failure: string | null;
}

interface Sendable {
  readonly id: number;
  readonly bodies: readonly BatchBody[];
  readonly route: ExitRoute;
}

function tryPost(jobs: readonly Sendable[]): Posted {
  if (jobs.length === 0) return { results: [], failure: null };
  const { port1, port2: port } = new MessageChannel();
  try {
    const cells = new Int32Array(
      new SharedArrayBuffer(Object.keys(exitCell).length * Int32Array.BYTES_PER_ELEMENT),
    );
    const workerData: ExitSetup = {
      jobs: jobs.map((job) => ({ ...job, bodies: job.bodies.map(({ bytes }) => bytes) })),
      request: toCallInput({ operation: 'logEvent', endpoint: 'createEventBatch' }),
      cells,
      port,
    };
    // The options of the process, such as `--eval`, are not for the worker.
    const options = { workerData, transferList: [port], execArgv: [], stdout: true };
    new Worker(exitWorkerCode, { ...options, eval: true }).unref();
    const count = jobs.reduce((sum, { bodies }) => sum + bodies.length, 0);
    waitForAll(cells, count, Math.max(...jobs.map(({ route }) => route.timeoutMs)));
    return { results: readAll(port1), failure: null };
  } catch (error) {
    // The process must end as it would have.
    return { results: [], failure: error instanceof Error ? error.message : String(error) };
  } finally {
    port1.close();
  }
}

function readAll(port: MessagePort): ExitResult[] {
  const results: ExitResult[] = [];
  for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) {
    results.push(assumeExitResult(next.message));
  }
  return results;
}

function waitForAll(cells: Int32Array, count: number, timeoutMs: number): void {
  const readDone = () => Atomics.load(cells, exitCell.done);
  for (let done = readDone(); done < count; done = readDone()) {
    const isUp = Atomics.load(cells, exitCell.isUp) === 1;
    const limitMs = isUp ? timeoutMs + graceMs : Math.max(timeoutMs, startMs);
    if (Atomics.wait(cells, exitCell.done, done, limitMs) === 'timed-out') return;
  }
}

/** The worker's own timeout says more than this one: which request had no answer, and why. */
const graceMs = 250;
