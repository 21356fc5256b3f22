import type { HoneyHive } from 'honeyhive';
import { withClient } from '../api-client.ts';
import type { CommandInput, RunCommand } from '../command.ts';
import { readCount } from '../count-flag.ts';
import { exitCodes } from '../exit-codes.ts';
import { countOf, formatBytes, formatInstant } from '../output/figures.ts';
import { formatJson } from '../output/json.ts';
import { findProject } from '../project-lookup.ts';

const mostDays = 36_500;
const forever = 'forever';
const settingOf = {
  '--days': 'retention_days',
  '--payload-days': 'payload_retention_days',
} as const;

/** What `POST /v1/explore/retention-estimate` answers. */
interface Estimate {
  readonly before: number | null;
  readonly sessions: number;
  readonly events: number;
  readonly bytes: number;
  readonly payloads: {
    readonly before: number | null;
    readonly events: number;
    readonly bytes: number;
  };
}

/** Days by setting, those that were given; null: indefinitely. */
function readDays({ flags }: CommandInput): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(settingOf).flatMap(([flag, setting]) => {
      const text = flags[flag];
      if (text === undefined) return [];
      return [[setting, text === forever ? null : readCount(flag, text, mostDays)]];
    }),
  );
}

const dayOf = (before: number): string => formatInstant(before).slice(0, 10);

function describe({ before, sessions, events, bytes, payloads }: Estimate): string {
  const counts = `${countOf(sessions, 'session')} with ${countOf(events, 'event')}`;
  const deleted =
    before === null
      ? 'Sessions: kept indefinitely.'
      : `Sessions last changed before ${dayOf(before)}: ${counts}, ${formatBytes(bytes)} of inputs and outputs.`;
  const emptied =
    payloads.before === null
      ? 'Inputs and outputs: kept as long as their events.'
      : `Inputs and outputs of sessions last changed before ${dayOf(payloads.before)}, whose events stay: ${countOf(payloads.events, 'event')}, ${formatBytes(payloads.bytes)}.`;
  return `${deleted}\n${emptied}\n`;
}

async function estimate(client: HoneyHive, project: string, days: object): Promise<Estimate> {
  const { data } = await client.request('POST', '/v1/explore/retention-estimate', {
    json: { project, ...days },
  });
  return data as Estimate;
}

export const run: RunCommand = async (input, terminal) => {
  const days = readDays(input);
  const isDryRun = '--dry-run' in input.flags || Object.keys(days).length === 0;
  const found = await withClient(terminal, async (client) => {
    const { id } = await findProject(client, input.args[0] ?? '');
    // What would be deleted is read first: the service may begin as soon as the settings are there.
    const read = await estimate(client, id, days);
    const path = `/v1/projects/${encodeURIComponent(id)}/settings`;
    if (!isDryRun) await client.request('PUT', path, { json: days });
    return read;
  });
  const head = isDryRun ? 'Would be deleted now' : 'Set; will be deleted within hours';
  terminal.write(
    '--json' in input.flags
      ? formatJson({ ...found, dry_run: isDryRun })
      : `${head}:\n${describe(found)}`,
  );
  return exitCodes.ok.code;
};
