import type { HoneyHive } from 'honeyhive';
import { parseInstant } from 'honeyhive-facts';
import { withClient } from '../api-client.ts';
import type { RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { countOf, formatCount, formatInstant, formatUsd } from '../output/figures.ts';
import { formatJson } from '../output/json.ts';
import { withProgress } from '../output/progress.ts';
import type { Report } from '../output/progress.ts';
import { findProject } from '../project-lookup.ts';

/** What the answers of `POST /v1/explore/reprice` add up to. */
interface Totals {
  readonly checked: number;
  readonly changed: number;
  readonly unknown: number;
  readonly cost_before: number;
  readonly cost_after: number;
}

interface Repriced extends Totals {
  readonly reached: number | null;
  readonly next_cursor: string | null;
}

const add = (a: Totals, b: Totals): Totals => ({
  checked: a.checked + b.checked,
  changed: a.changed + b.changed,
  unknown: a.unknown + b.unknown,
  cost_before: a.cost_before + b.cost_before,
  cost_after: a.cost_after + b.cost_after,
});

const nothing = { checked: 0, changed: 0, unknown: 0, cost_before: 0, cost_after: 0 };

function readSince(text: string | undefined): number {
  const since = parseInstant(text ?? '');
  if (since === null) {
    const what = text === undefined ? '--since is missing' : `--since ${text}: not a time`;
    throw new Failure(what, { exit: 'usage', nextStep: 'Give a date, such as 2026-11-01.' });
  }
  return since;
}

async function repriceAll(
  client: HoneyHive,
  query: { readonly project: string; readonly since: number; readonly dry_run: boolean },
  report: Report,
): Promise<Totals> {
  let totals: Totals = nothing;
  for (let cursor: string | null | undefined; cursor !== null;) {
    const body = cursor === undefined ? query : { ...query, cursor };
    const { data } = await client.request('POST', '/v1/explore/reprice', { json: body });
    const page = data as Repriced;
    totals = add(totals, page);
    cursor = page.next_cursor;
    const upTo = page.reached === null ? '' : `, up to ${formatInstant(page.reached)} UTC`;
    report(
      `${countOf(totals.checked, 'event')} checked, ${formatCount(totals.changed)} changed${upTo}`,
    );
  }
  return totals;
}

function describe(totals: Totals, isDryRun: boolean): string {
  const costs = `from ${formatUsd(totals.cost_before)} to ${formatUsd(totals.cost_after)}`;
  const changed = `${isDryRun ? 'Would change' : 'Changed'} the cost of ${formatCount(totals.changed)} of ${countOf(totals.checked, 'event')}, ${costs}.\n`;
  return totals.unknown === 0
    ? changed
    : `${changed}${countOf(totals.unknown, 'event')} of models without a price.\n`;
}

export const run: RunCommand = async (input, terminal) => {
  const since = readSince(input.flags['--since']);
  const isDryRun = '--dry-run' in input.flags;
  const totals = await withClient(terminal, async (client) => {
    const { id } = await findProject(client, input.args[0] ?? '');
    const query = { project: id, since, dry_run: isDryRun };
    return withProgress(terminal, 'repricing', (report) => repriceAll(client, query, report));
  });
  terminal.write(
    '--json' in input.flags
      ? formatJson({ ...totals, dry_run: isDryRun })
      : describe(totals, isDryRun),
  );
  return exitCodes.ok.code;
};
