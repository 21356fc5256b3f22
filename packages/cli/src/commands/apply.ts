import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { formatPath } from 'honeyhive-wire';
import { fillAlert } from 'honeyhive-server/alert-content';
import { readAlertFile } from '../alerts/alert-file.ts';
import type { AlertFile } from '../alerts/alert-file.ts';
import { createAlertApi } from '../alerts/alert-api.ts';
import { planApply } from '../alerts/apply-plan.ts';
import type { Plan } from '../alerts/apply-plan.ts';
import { applySteps } from '../alerts/apply-steps.ts';
import type { Applied } from '../alerts/apply-steps.ts';
import { chooseProject } from '../alerts/choose-project.ts';
import { withClient } from '../api-client.ts';
import type { RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { formatJson } from '../output/json.ts';

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
    throw new Failure(`${path} cannot be read: ${code}`, { cause });
  });
}

const fill = (alert: AlertFile['alerts'][number]): Record<string, unknown> => {
  const { destinations: _destinations, ...rest } = alert;
  const { destination_ids: _ids, ...filled } = fillAlert(rest);
  return filled;
};

const fingerprint = (url: string): string =>
  createHash('sha256').update(url).digest('hex').slice(0, 16);

export const run: RunCommand = async (input, terminal) => {
  const [name = ''] = input.args;
  const isDryRun = '--dry-run' in input.flags;
  const file = readAlertFile({ name, text: await readText(name) }, terminal.env);
  const { plan, applied } = await withClient(terminal, async (client) => {
    const project = await chooseProject(client, input.flags['--project'] ?? file.project);
    const api = createAlertApi(client, project.id);
    const present = await api.read();
    const made = planApply(file, present, { prunes: '--prune' in input.flags, fill, fingerprint });
    if (made.issues.length > 0) throw file.source.toFailure(made.issues, formatPath);
    return {
      plan: made,
      applied: isDryRun ? [] : await applySteps(made.steps, { api, file, present }),
    };
  });
  terminal.write(
    '--json' in input.flags
      ? formatJson(toJson({ plan, applied, isDryRun }))
      : toText({ plan, applied, isDryRun }),
  );
  return exitCodes.ok.code;
};

interface Result {
  readonly plan: Plan;
  readonly applied: readonly Applied[];
  readonly isDryRun: boolean;
}

const signs = { create: '+', update: '~', delete: '-', keep: '=' } as const;

function toText({ plan, applied, isDryRun }: Result): string {
  const changes = plan.steps.filter(({ action }) => action !== 'keep');
  const lines = changes.map(({ action, kind, name, fields }) => {
    const what = fields.length === 0 ? '' : `: ${fields.join(', ')}`;
    return `${signs[action]} ${kind} ${name}${what}`;
  });
  const unchanged = plan.steps.length - changes.length;
  const secrets = applied.flatMap(({ name, signingSecret }) =>
    signingSecret === null ? [] : [`signing secret of ${name}, shown only now: ${signingSecret}`],
  );
  const end = isDryRun ? 'nothing was changed (--dry-run)' : `${changes.length} changed`;
  return `${[...lines, ...secrets, `${end}, ${unchanged} unchanged`].join('\n')}\n`;
}

const toJson = ({ plan, applied, isDryRun }: Result) => ({
  dry_run: isDryRun,
  steps: plan.steps.map(({ kind, action, name, fields, id }) => ({
    kind,
    action,
    name,
    fields,
    id: applied.find((one) => one.kind === kind && one.name === name)?.id ?? id,
    ...secretOf(applied.find((one) => one.kind === kind && one.name === name)),
  })),
});

const secretOf = (applied: Applied | undefined) =>
  applied === undefined || applied.signingSecret === null
    ? {}
    : { signing_secret: applied.signingSecret };
