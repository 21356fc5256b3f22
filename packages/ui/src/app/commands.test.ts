import { expect, test } from 'vitest';
import { readSessionId, toCommands } from './commands.ts';

const run = () => undefined;

test('commands are all named actions, in the order of key handling', () => {
  const commands = toCommands([
    { title: 'List', isModal: false, hotkeys: [{ keys: 'j', label: 'Next row', run }] },
    {
      title: 'Everywhere',
      isModal: false,
      hotkeys: [
        { keys: '$mod+k', label: '', run },
        { label: 'Sign out', run },
      ],
    },
  ]);

  expect(commands).toEqual([
    { group: 'List', label: 'Next row', keys: 'j', run },
    { group: 'Everywhere', label: 'Sign out', run },
  ]);
});

test('a pasted id of a session is one', () => {
  const id = '0198c9a4-2f5e-7c3a-9d41-5a7b6c8d9e0f';

  expect(readSessionId(` ${id}\n`)).toBe(id);
  expect(readSessionId('sessions')).toBeNull();
});
