import { expect, it } from 'vitest';
import { parseEventDetail } from '../detail/event-detail.ts';
import { modelEventsOf, readTurn } from './read-turn.ts';
import { toSkeleton } from './testing/sketch.ts';

const detailOf = (event: object) => parseEventDetail(JSON.stringify({ event, parts: {} }));

it('takes the calls of models for turns', () => {
  const columns = toSkeleton([
    { id: 'root', type: 'session' },
    { id: 'ask', type: 'model' },
    { id: 'search', type: 'tool' },
    { id: 'answer', type: 'model' },
  ]);

  expect(modelEventsOf(columns)).toEqual([1, 3]);
});

it('reads what a model was given and what it answered', () => {
  const turn = readTurn(
    detailOf({
      inputs: { messages: [{ role: 'user', content: 'Hello?' }] },
      outputs: { content: 'Hello!' },
    }),
  );

  expect(turn.input.map(({ role }) => role)).toEqual(['user']);
  expect(turn.output.map(({ role }) => role)).toEqual(['assistant']);
});

it('is empty for an event without messages', () => {
  expect(readTurn(detailOf({ inputs: { rows: 3 } }))).toEqual({ input: [], output: [] });
});
