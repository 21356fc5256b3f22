// The worker of HoneyHiveSync. It first arranges that the caller learns of its end, whatever fails later.
import { workerData } from 'node:worker_threads';
import { assumeSetup } from '../assume-message.ts';
import { cell, markExited, ring } from '../cells.ts';
import { toErrorRecord } from '../error-record.ts';
import type { Crash } from '../messages.ts';

const setup = assumeSetup(workerData);
const { port, cells } = setup;

process.on('uncaughtExceptionMonitor', (error) => {
  const crash: Crash = { kind: 'crash', error: toErrorRecord(error) };
  port.postMessage(crash);
  ring(cells, cell.wake);
});
process.on('exit', () => markExited(cells));

const { serve } = await import('./serve.ts');
serve(setup);
