import { describe, expect, test } from 'vitest';
import { commands } from './commands.ts';
import { formatCommandHelp, formatGroupHelp, formatProgramHelp } from './help.ts';
import { settingRows } from './settings.ts';

const rows = commands.map((command): [string, (typeof commands)[number]] => [
  command.name,
  command,
]);

test('every command has its own name', () => {
  const names = rows.map(([name]) => name);

  expect(new Set(names).size).toBe(names.length);
});

describe('each command', () => {
  test.each(rows)('%s can be loaded', async (_, command) => {
    expect(await command.load()).toHaveProperty('run', expect.any(Function));
  });

  test.each(rows)('%s has a help with its options, examples and exit codes', async (_, command) => {
    const options = [...command.options, ...(await settingRows(command))];

    const help = formatCommandHelp(command, options, 80);

    expect(help).toMatch(new RegExp(`^Usage: honeyhive ${command.name}`));
    for (const { flag } of options) expect(help).toContain(`  ${flag}`);
    for (const example of command.examples) expect(help).toContain(`  ${example}`);
    expect(help).toContain('Exit codes:\n  0');
  });

  test.each(rows)('%s: no option has the name of a setting', async (_, command) => {
    const flags = [...command.options, ...(await settingRows(command))].map(({ flag }) => flag);

    expect(new Set(flags).size).toBe(flags.length);
  });

  test.each(rows)('%s: its examples call it', (name, command) => {
    for (const example of command.examples) expect(example).toContain(`honeyhive ${name}`);
  });
});

test('the help of the program lists every command', () => {
  const help = formatProgramHelp(commands, 80);

  for (const [name] of rows) expect(help).toContain(`  ${name}`);
});

test('no line of a help is longer than the terminal, save for options that are', async () => {
  const [, serve] = rows.find(([name]) => name === 'serve') ?? [];
  if (!serve) throw new Error('serve is missing');

  const help = formatCommandHelp(serve, await settingRows(serve), 60);

  expect(help.split('\n').filter((line) => line.length > 64)).toEqual([]);
});

test('the help of a group lists its commands and no others', () => {
  const help = formatGroupHelp('keys', commands, 80);

  expect(help).toMatch(/keys create[\s\S]*keys list[\s\S]*keys revoke ID/);
  expect(help).not.toContain('sessions');
});

test('settings show variable and default', async () => {
  const [dataDir] = await settingRows({ settings: 'dataDir' });

  expect(dataDir).toMatchObject({
    flag: '--data-dir',
    value: 'folder',
    env: 'HH_DATA_DIR',
    default: '~/.honeyhive',
  });
});
