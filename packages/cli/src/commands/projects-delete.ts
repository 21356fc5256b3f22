import type { Project } from 'honeyhive';
import { withClient } from '../api-client.ts';
import type { RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { countOf } from '../output/figures.ts';
import { formatJson } from '../output/json.ts';
import { findProject } from '../project-lookup.ts';

/** What goes with a project. */
function contentsOf({ name, session_count, event_count }: Project): string {
  const sessions = countOf(session_count ?? 0, 'session');
  const events = countOf(event_count ?? 0, 'event');
  return `project ${name} with ${sessions}, ${events} and its keys`;
}

export const run: RunCommand = async (input, terminal) => {
  const [name = ''] = input.args;
  const project = await withClient(terminal, async (client) => {
    const found = await findProject(client, name);
    if (!('--yes' in input.flags)) {
      throw new Failure(`this would permanently delete ${contentsOf(found)}`, {
        exit: 'usage',
        nextStep: 'Add --yes to do it.',
      });
    }
    await client.request('DELETE', `/projects/${encodeURIComponent(found.id)}`);
    return found;
  });
  terminal.write(
    '--json' in input.flags
      ? formatJson({ id: project.id, name: project.name, deleted: true })
      : `Deleted ${contentsOf(project)}.\n`,
  );
  return exitCodes.ok.code;
};
