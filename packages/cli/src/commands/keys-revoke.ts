import type { RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { withKeyStore } from '../key-store.ts';
import { formatJson } from '../output/json.ts';

export const run: RunCommand = async (input, terminal) => {
  const [id = ''] = input.args;
  const isRevoked = await withKeyStore(input, terminal, {
    mayCreate: false,
    work: (store) => store.revokeKey(id, Date.now()),
  });
  if (!isRevoked) {
    throw new Failure(`there is no active key with the id ${id}`, {
      nextStep: '`honeyhive keys list` shows the keys; an id is the middle part of a key.',
    });
  }
  terminal.write(
    '--json' in input.flags ? formatJson({ id, revoked: true }) : `Key ${id} is revoked.\n`,
  );
  return exitCodes.ok.code;
};
