import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Message, MessagePart, ToolResultPart } from 'honeyhive-facts/messages';
import { findNewMessages, type Turn } from './new-messages.ts';
import { pairTools } from './tool-pairs.ts';

const message = (role: 'user' | 'assistant' | 'system' | 'tool', ...parts: MessagePart[]) =>
  ({ role, roleName: role, name: null, parts }) satisfies Message;
const text = (words: string): MessagePart => ({ kind: 'text', text: words });
const user = (words: string) => message('user', text(words));
const answer = (words: string) => message('assistant', text(words));
const system = message('system', text('Be brief.'));
const wordsOf = (messages: readonly Message[]) =>
  messages.map(({ parts }) => parts.map((part) => ('text' in part ? part.text : part.kind)).join());
const newInputs = (turns: Turn[]) => findNewMessages(turns).map(({ input }) => wordsOf(input));

describe('a conversation whose history comes with every call', () => {
  test('shows each message once', () => {
    const turns = [
      { input: [system, user('a')], output: [answer('b')] },
      { input: [system, user('a'), answer('b'), user('c')], output: [answer('d')] },
    ];

    expect(newInputs(turns)).toEqual([['Be brief.', 'a'], ['c']]);
    expect(findNewMessages(turns)[1]?.repeatedCount).toBe(3);
  });

  test('shows twice what was said twice', () => {
    expect(
      newInputs([
        { input: [user('yes')], output: [answer('sure?')] },
        { input: [user('yes'), answer('sure?'), user('yes')], output: [] },
      ]),
    ).toEqual([['yes'], ['yes']]);
  });

  test('handles a history whose beginning was truncated', () => {
    expect(
      newInputs([
        { input: [system, user('a')], output: [answer('b')] },
        { input: [system, user('a'), answer('b'), user('c')], output: [answer('d')] },
        { input: [system, answer('b'), user('c'), answer('d'), user('e')], output: [] },
      ])[2],
    ).toEqual(['e']);
  });

  test('keeps agents apart that take turns, and finds the line that was left for a branch', () => {
    const other = message('system', text('You check.'));

    expect(
      newInputs([
        { input: [system, user('a')], output: [answer('b')] },
        { input: [other, user('check b')], output: [answer('fine')] },
        { input: [system, user('x')], output: [answer('y')] },
        { input: [system, user('a'), answer('b'), user('c')], output: [] },
        { input: [other, user('check b'), answer('fine'), user('d')], output: [] },
      ]),
    ).toEqual([['Be brief.', 'a'], ['You check.', 'check b'], ['x'], ['c'], ['d']]);
  });

  test('knows a call of a tool again without its thoughts and with other spaces', () => {
    const call = (json: string): MessagePart => ({
      kind: 'tool_call',
      callId: json.length.toString(),
      name: 'f',
      input: { json },
    });

    expect(
      newInputs([
        {
          input: [user('a')],
          output: [message('assistant', { kind: 'thinking', text: 'Hm' }, call('{"x": 1}'))],
        },
        { input: [user('a'), message('assistant', call('{"x":1}')), user('z')], output: [] },
      ]),
    ).toEqual([['a'], ['z']]);
  });

  test('loses nothing: every message of every input is shown in its turn or in one before', () => {
    const words = fc.constantFrom('a', 'b', 'c', 'd').map(user);
    const turn = fc.record({
      input: fc.array(words, { maxLength: 6 }),
      output: fc.array(words, { maxLength: 1 }),
    });
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 12 }), (turns) => {
        const shown = new Set<string>();
        for (const [index, found] of findNewMessages(turns).entries()) {
          for (const words of wordsOf(found.input)) shown.add(words);
          for (const words of wordsOf(turns[index]?.input ?? [])) expect(shown).toContain(words);
          for (const words of wordsOf(found.output)) shown.add(words);
          expect(found.input.length + found.repeatedCount).toBe(turns[index]?.input.length);
        }
      }),
    );
  });
});

describe('calls of tools and their results', () => {
  const call = (callId: string | null, name: string) =>
    ({ kind: 'tool_call', callId, name, input: null }) as const;
  const result = (callId: string | null, name: string | null): ToolResultPart => ({
    kind: 'tool_result',
    callId,
    name,
    isError: false,
    parts: [],
  });

  test('are paired by id, in any order', () => {
    const [a, b] = [call('1', 'f'), call('2', 'f')];
    const [ofB, ofA, stray] = [result('2', null), result('1', null), result('3', null)];

    const pairs = pairTools([message('assistant', a, b), message('tool', ofB, ofA, stray)]);

    expect(pairs.resultOf.get(a)).toBe(ofA);
    expect(pairs.callOf.get(ofB)).toBe(b);
    expect(pairs.callOf.has(stray)).toBe(false);
  });

  test('are paired by name where there are no ids, each once', () => {
    const [a, b] = [call(null, 'f'), call(null, 'f')];
    const [first, second] = [result(null, 'f'), result(null, 'f')];

    const pairs = pairTools([message('assistant', a, b), message('tool', first, second)]);

    expect([pairs.resultOf.get(a), pairs.resultOf.get(b)]).toEqual([first, second]);
    expect(pairs.callOf.size).toBe(2);
  });
});
