import { expect, it } from 'vitest';
import { pickColours } from './series-colour.ts';

it('gives a name the same colour in every chart', () => {
  const [alone] = pickColours(['gpt-4o']);

  expect(pickColours(['gpt-4o', 'claude-sonnet'])[0]).toBe(alone);
});

it('gives eight names eight colours', () => {
  const names = Array.from({ length: 8 }, (_, index) => `model ${index}`);

  expect(new Set(pickColours(names)).size).toBe(8);
});

it('gives the types of events their own', () => {
  expect(pickColours(['model', 'tool'])).toEqual(['--model', '--tool']);
});
