import { startChild, startService } from 'honeyhive-testkit';
import { operationList, toOpenApi } from 'honeyhive-wire';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

/** How long it generates requests, seconds; beside it each operation is tried at least once. */
const budgetSeconds = 120;

const service = await startService({ env: { HH_LOG_LEVEL: 'error' } });
const folder = await mkdtemp(join(tmpdir(), 'honeyhive-contract-'));
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true });
});

/** The program of `npm run test:interop`. */
function findTester(): string {
  const path = process.env['INTEROP_SCHEMATHESIS'];
  if (path === undefined) throw new Error('these tests are run by `npm run test:interop`');
  return path;
}

/** Runs schemathesis against the service; what it printed. */
async function runTester(
  args: readonly string[],
): Promise<{ code: number | null; output: string }> {
  const document = join(folder, 'openapi.json');
  await writeFile(document, JSON.stringify(toOpenApi('0.0.0', { answers: 'closed' })));
  const child = startChild(
    findTester(),
    [
      'run',
      document,
      '--url',
      service.url,
      '--header',
      `Authorization: Bearer ${service.key}`,
      ...args,
    ],
    { cwd: folder },
  );
  const { code } = await child.exited;
  return { code, output: child.output() };
}

const streams = operationList
  .filter(({ produces }) => produces?.includes('text/event-stream'))
  .map(({ id }) => id);

test(
  'answers whatever a third party makes of the OpenAPI document as the document says',
  async () => {
    const { code, output } = await runTester([
      '--no-color',
      '--checks',
      'not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance',
      '--phases',
      'examples,coverage,fuzzing',
      '--max-time',
      String(budgetSeconds),
      '--seed',
      '1',
      // Two threads that compile at a time end CPython 3.11 with "AST constructor recursion depth mismatch".
      '--workers',
      '1',
      // A stream ends when its reader does.
      ...streams.flatMap((id) => ['--exclude-operation-id', id]),
    ]);

    process.stdout.write(output.slice(output.lastIndexOf('SUMMARY')));
    expect([code, code === 0 || output]).toEqual([0, true]);
  },
  (budgetSeconds + 180) * 1_000,
);
