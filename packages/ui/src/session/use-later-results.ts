import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Skeleton } from 'honeyhive-wire';
import type { ToolCallPart } from 'honeyhive-facts/messages';
import { eventQuery } from '../detail/event-query.ts';
import type { FindLaterResult } from '../payload/messages/later-results.ts';
import { findNewMessages, type Turn } from '../payload/messages/new-messages.ts';
import { pairThread } from '../payload/messages/thread-pairs.ts';
import { readTurn } from './read-turn.ts';

/** How many model calls are searched: agents that run side by side take turns. */
const searchedCalls = 3;

export interface LaterResultsOptions {
  /** Id of the project. */
  readonly project: string;
  readonly skeleton: Skeleton;
  /** Index in the skeleton. */
  readonly event: number;
}

/** Results of the tool calls in an answer, from the inputs of the next model calls of the session. */
export function useLaterResults({
  project,
  skeleton,
  event,
}: LaterResultsOptions): FindLaterResult {
  const toQuery = (index: number) => eventQuery({ project, eventId: skeleton.ids[index] ?? '' });
  const isModel = isModelAt(skeleton, event);
  const { data } = useQuery({ ...toQuery(event), enabled: isModel });
  const turn = isModel && data ? readTurn(data) : null;
  const later = useMemo(() => modelsAfter(skeleton, event), [skeleton, event]);
  const answers = useQueries({ queries: turn && hasCalls(turn) ? later.map(toQuery) : [] });
  const turns = [turn, ...answers.map((answer) => answer.data && readTurn(answer.data))].filter(
    (each) => each !== null && each !== undefined,
  );
  const results = new Map(
    [...pairThread(turns, findNewMessages(turns)).resultOf].map(([call, result]) => [
      keyOf(call),
      result,
    ]),
  );
  return (call) => results.get(keyOf(call));
}

const isModelAt = ({ type, types }: Skeleton, event: number): boolean =>
  types[type[event] ?? -1] === 'model';

function modelsAfter(skeleton: Skeleton, event: number): number[] {
  const found: number[] = [];
  for (let at = event + 1; at < skeleton.ids.length && found.length < searchedCalls; at += 1)
    if (isModelAt(skeleton, at)) found.push(at);
  return found;
}

const hasCalls = ({ output }: Turn): boolean =>
  output.some(({ parts }) => parts.some(({ kind }) => kind === 'tool_call'));

/** Parts of the same call that were read twice have the same key. */
const keyOf = ({ callId, name, input }: ToolCallPart): string =>
  JSON.stringify(callId === null ? [name, input] : [callId, name]);
