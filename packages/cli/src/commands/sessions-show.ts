import { withClient } from '../api-client.ts';
import type { RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { formatJson } from '../output/json.ts';
import { formatSessionTree } from '../output/session-tree.ts';
import { toSessionNode } from '../session-node.ts';

export const run: RunCommand = async (input, terminal) => {
  const [id = ''] = input.args;
  const { data } = await withClient(terminal, (client) =>
    client.request('GET', `/v1/sessions/${encodeURIComponent(id)}`),
  );
  terminal.write(
    '--json' in input.flags
      ? formatJson(data)
      : formatSessionTree(toSessionNode(data), terminal.columns),
  );
  return exitCodes.ok.code;
};
