import type { MetadataStore } from 'honeyhive-server';
import { addAudit } from '../audit.ts';
import type { CommandInput, RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { withKeyStore } from '../key-store.ts';
import { countOf } from '../output/figures.ts';
import { formatJson } from '../output/json.ts';
import type { Terminal } from '../output/terminal.ts';

async function revoke(
  store: MetadataStore,
  { args: [id = ''], flags }: CommandInput,
  terminal: Terminal,
): Promise<string[]> {
  const revoked = await store.revokeKey(id, Date.now(), {
    descendants: '--with-children' in flags,
  });
  const projectId = (await store.listKeys()).find((key) => key.id === id)?.projectId ?? null;
  if (revoked.length > 0)
    await addAudit(store, terminal, { action: 'key.revoke', projectId, targets: revoked });
  return revoked;
}

function toText(id: string, revoked: readonly string[]): string {
  const children = revoked.filter((each) => each !== id);
  const lines = [
    ...(revoked.includes(id) ? [`Key ${id} is revoked.`] : []),
    ...(children.length > 0
      ? [`${countOf(children.length, 'key')} made with it revoked: ${children.join(', ')}`]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

export const run: RunCommand = async (input, terminal) => {
  const [id = ''] = input.args;
  const revoked = await withKeyStore(input, terminal, {
    mayCreate: false,
    work: (store) => revoke(store, input, terminal),
  });
  if (revoked.length === 0) {
    throw new Failure(`there is no active key with the id ${id}`, {
      nextStep: '`honeyhive keys list` shows the keys; an id is the middle part of a key.',
    });
  }
  terminal.write(
    '--json' in input.flags
      ? formatJson({ id, revoked: revoked.includes(id), ids: revoked })
      : toText(id, revoked),
  );
  return exitCodes.ok.code;
};
