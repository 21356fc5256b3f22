import { describe, expect, test } from 'vitest';
import type { OptionRow } from './command.ts';
import { commands } from './commands.ts';
import { parseInput, selectCommand } from './parse-command-line.ts';

const words = (line: string) => line.split(' ').filter((word) => word !== '');

describe('selectCommand', () => {
  test.each([
    ['', { kind: 'nothing' }],
    ['--version', { kind: 'version' }],
    ['-V', { kind: 'version' }],
    ['--help', { kind: 'help', topic: null }],
    ['-h', { kind: 'help', topic: null }],
    ['help', { kind: 'help', topic: null }],
    ['help keys', { kind: 'help', topic: 'keys' }],
    ['help keys create', { kind: 'help', topic: 'keys create' }],
    ['help --help', { kind: 'help', topic: null }],
    ['keys', { kind: 'help', topic: 'keys' }],
    ['keys --help', { kind: 'help', topic: 'keys' }],
  ])('%j is no command but a wish', (line, expected) => {
    expect(selectCommand(words(line), commands)).toEqual(expected);
  });

  test.each([
    ['serve --port 0', 'serve', ['--port', '0']],
    ['keys revoke abc', 'keys revoke', ['abc']],
    ['serve keys list', 'serve', ['keys', 'list']],
  ])('%j is the command %j', (line, name, rest) => {
    expect(selectCommand(words(line), commands)).toMatchObject({
      kind: 'command',
      command: { name },
      rest,
    });
  });

  test.each([
    ['serv', 'serv', 'serve'],
    ['keys creat', 'keys creat', 'keys create'],
    ['help sesions', 'sesions', 'sessions'],
    ['--port 0', '--port', 'serve'],
  ])('%j is unknown, and what is known is named', (line, name, known) => {
    const selection = selectCommand(words(line), commands);

    expect(selection).toMatchObject({ kind: 'unknown', name });
    expect(selection).toHaveProperty('known', expect.arrayContaining([known]));
  });
});

const options: readonly OptionRow[] = [
  { flag: '--limit', value: 'count', doc: '' },
  { flag: '--access', value: 'word', doc: '', choices: ['full', 'read'] },
  { flag: '--json', value: null, doc: '' },
];
const parse = (line: string, args = [{ name: 'ID', doc: 'The id.' }]) =>
  parseInput(words(line), { args }, options);

describe('parseInput', () => {
  test.each([
    ['a', { flags: {}, args: ['a'] }],
    ['a --json', { flags: { '--json': '' }, args: ['a'] }],
    ['--limit 5 a', { flags: { '--limit': '5' }, args: ['a'] }],
    ['--limit=5 a', { flags: { '--limit': '5' }, args: ['a'] }],
    ['--limit=--5 a', { flags: { '--limit': '--5' }, args: ['a'] }],
    ['--limit -5 a', { flags: { '--limit': '-5' }, args: ['a'] }],
    ['--limit 5 --limit 6 a', { flags: { '--limit': '6' }, args: ['a'] }],
    ['-- --json', { flags: {}, args: ['--json'] }],
    ['--access read a', { flags: { '--access': 'read' }, args: ['a'] }],
  ])('%j is understood', (line, input) => {
    expect(parse(line)).toEqual({ kind: 'input', input });
  });

  test.each(['--help', 'a --help', '--nonsense -h'])('%j asks for help', (line) => {
    expect(parse(line)).toEqual({ kind: 'help' });
  });

  test.each([
    ['', 'ID is missing: The id.'],
    ['a b', '"b" is one argument too many'],
    ['a --limit', '--limit needs a value: --limit <count>'],
    ['a --limit=', '--limit needs a value: --limit <count>'],
    ['a --limit --json', '--limit needs a value: --limit <count>'],
    ['a --json=yes', '--json takes no value'],
    ['a --access all', '--access all: must be one of full, read'],
  ])('%j is refused: %s', (line, problem) => {
    expect(parse(line)).toEqual({ kind: 'wrong', problem, strangeFlag: null });
  });

  test.each(['--lmit', '-l', '--no-json'])('%s is not known', (flag) => {
    expect(parse(`a ${flag}`)).toEqual({
      kind: 'wrong',
      problem: `option ${flag} is not known`,
      strangeFlag: flag,
    });
  });
});
