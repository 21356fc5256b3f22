import { findConfigWarnings } from 'honeyhive-server/config';
import type { RunningServer } from 'honeyhive-server';
import type { RunCommand } from '../command.ts';
import { checkPlatform, readMachine } from '../doctor/machine.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { withProgress } from '../output/progress.ts';
import { toServeFailure } from '../serve-failure.ts';
import { readSettings } from '../settings.ts';
import { listenForStop } from '../stop-signal.ts';
import { readVersion } from '../version.ts';

function formatGreeting({ url, uiUrl, dataDir, firstKey }: RunningServer): string {
  const lines = [`honeyhive ${readVersion()} listens on ${url}`, `data: ${dataDir}`];
  // The code is in the fragment, which browsers do not send: it gets into no log.
  const code = firstKey === null ? '' : `#sign-in=${firstKey.signInCode}`;
  lines.push('', `Open ${uiUrl}${code}`);
  if (firstKey !== null) {
    lines.push(
      'The link signs you in, once, within the next hour.',
      '',
      `This is the first start: the project "${firstKey.project}" was made, and a key for the whole organisation.`,
      'Paste these two lines where your application runs. The key is shown only now:',
      '',
      `export HH_API_URL=${url}`,
      `export HH_API_KEY=${firstKey.key}`,
    );
  }
  return `${[...lines, '', 'Ctrl-C stops it.'].join('\n')}\n`;
}

/** Elsewhere not even the engine can be loaded, and what Node.js says about that helps nobody. */
function refuseOtherMachines(): void {
  const { state, text, nextStep } = checkPlatform(readMachine());
  if (state === 'failed') throw new Failure(text, nextStep === undefined ? {} : { nextStep });
}

export const run: RunCommand = async (input, terminal) => {
  const { config } = await readSettings(input, terminal);
  refuseOtherMachines();
  for (const warning of findConfigWarnings(config)) terminal.note(`warning: ${warning}\n`);
  const stop = listenForStop();
  const server = await withProgress(terminal, 'opening the stores', async () => {
    const { startServer } = await import('honeyhive-server');
    return startServer(config);
  }).catch((error: unknown) => {
    throw toServeFailure(error, config);
  });
  if (!stop.isReceived()) terminal.write(formatGreeting(server));
  const signal = await stop.received;
  terminal.note(`${signal}: stopping; requests that were accepted are answered first\n`);
  await withProgress(terminal, 'stopping', () => server.close());
  terminal.note('stopped\n');
  return exitCodes.ok.code;
};
