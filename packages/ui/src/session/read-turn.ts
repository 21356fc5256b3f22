import { readMessages } from 'honeyhive-facts/messages';
import type { EventDetail } from '../detail/event-detail.ts';
import type { Turn } from '../payload/messages/new-messages.ts';
import { at } from '../trace/session-tree.ts';
import type { SkeletonColumns } from '../trace/skeleton.ts';

/** Indexes of the calls of models, by start: the turns of a conversation. */
export const modelEventsOf = ({ ids, type, types }: SkeletonColumns): number[] =>
  [...ids.keys()].filter((event) => types[at(type, event)] === 'model');

const turns = new WeakMap<EventDetail, Turn>();

/** What one call of a model was given and answered; empty lists where there are no messages. Cached by event. */
export function readTurn(detail: EventDetail): Turn {
  const known = turns.get(detail);
  if (known) return known;
  const turn = toTurn(detail);
  turns.set(detail, turn);
  return turn;
}

function toTurn({ event }: EventDetail): Turn {
  const [inputs, outputs] = [event.get('inputs'), event.get('outputs')];
  return {
    input: (inputs && readMessages(inputs)?.messages) ?? [],
    output: (outputs && readMessages(outputs, { answerRole: 'assistant' })?.messages) ?? [],
  };
}
