// What the worker of HoneyHiveSync runs. The caller is told of its end first, whatever may fail later.
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
