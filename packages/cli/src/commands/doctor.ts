import { readApiSettings } from '../api-settings.ts';
import type { RunCommand } from '../command.ts';
import { checkClickHouse } from '../doctor/clickhouse.ts';
import { checkEngine } from '../doctor/engine.ts';
import type { Finding } from '../doctor/finding.ts';
import { checkDisk, checkFolder } from '../doctor/folder.ts';
import { checkLock } from '../doctor/lock.ts';
import { checkNode, checkPlatform, readMachine } from '../doctor/machine.ts';
import { checkPort } from '../doctor/port.ts';
import { checkPostgres } from '../doctor/postgres.ts';
import { checkService } from '../doctor/service.ts';
import { exitCodes } from '../exit-codes.ts';
import { countOf } from '../output/figures.ts';
import { formatJson } from '../output/json.ts';
import { withProgress } from '../output/progress.ts';
import { alignColumns } from '../output/table.ts';
import { readSettings } from '../settings.ts';

const marks = { ok: '✓', warning: '!', failed: '✗', skipped: '–' } as const;

function toText(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ check, state, text, nextStep }) => [
    [marks[state], check, text],
    ...(nextStep === undefined ? [] : [['', '', `→ ${nextStep}`]]),
  ]);
  const failures = findings.filter(({ state }) => state === 'failed').length;
  const verdict = failures === 0 ? 'All is well.' : `${countOf(failures, 'check')} failed.`;
  return `${[...alignColumns(lines, ['left', 'left', 'left']), '', verdict].join('\n')}\n`;
}

export const run: RunCommand = async (input, terminal) => {
  const { config } = await readSettings(input, terminal);
  const machine = readMachine();
  const basics = [checkNode(machine), checkPlatform(machine)];
  const isSupported = basics.every(({ state }) => state === 'ok');
  const findings = await withProgress(terminal, 'checking', async () => [
    ...basics,
    await checkDisk(config.dataDir),
    await checkFolder(config.dataDir),
    await checkPort(config.host, config.port),
    // What the rest needs cannot even be loaded on another machine.
    ...(isSupported
      ? [
          await checkLock(config.dataDir),
          ...(await checkEngine()),
          ...(await checkClickHouse(config)),
          ...(await checkPostgres(config)),
        ]
      : []),
    await checkService(readApiSettings(terminal.env)),
  ]);
  terminal.write('--json' in input.flags ? formatJson(findings) : toText(findings));
  const isWell = findings.every(({ state }) => state !== 'failed');
  return isWell ? exitCodes.ok.code : exitCodes.failed.code;
};
