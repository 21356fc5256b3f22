import type { Issue } from 'honeyhive-wire';
import type { JsonObject } from '../domain/json-text.ts';
import { Problem } from '../domain/problem.ts';
import { storeBatch } from '../events/batch.ts';
import type { BatchServices } from '../events/batch.ts';
import type { Call } from '../calls/handler.ts';
import type { AgentStep } from './agent-steps.ts';

/** A step, and where its record stood in the request. */
export interface Step extends AgentStep {
  readonly at: string;
}

/**
 * Stores steps of coding agents, with the roots of their sessions.
 *
 * @returns why steps were not stored, one for each
 */
export async function storeSteps(
  call: Call<'exportLogs'>,
  services: BatchServices,
  steps: readonly Step[],
): Promise<Issue[]> {
  const items = [...steps.map(({ event }) => event), ...toRoots(steps)];
  try {
    const unlimited = { ...services, maxBatchEvents: items.length };
    const { errors } = await storeBatch(call, unlimited, { items, at: 'logRecords' });
    return errors.flatMap(({ index, message }) => {
      const step = steps[index];
      return step === undefined ? [] : [{ field: step.at, message }];
    });
  } catch (error) {
    // Exporters drop what is refused as a whole, and other records may be stored. What may succeed later is sent again.
    if (!(error instanceof Problem) || error.retryAfter !== null) throw error;
    const { message } = error;
    return steps.map(({ at }) => ({ field: at, message }));
  }
}

/** The roots of the sessions: called as the agent, with the first prompt. One that exists stays as it is. */
function toRoots(steps: readonly Step[]): JsonObject[] {
  const sessions = new Map<string, Step[]>();
  for (const step of steps) {
    const key = JSON.stringify([step.event.session_id, step.event['project'] ?? null]);
    const known = sessions.get(key);
    if (known) known.push(step);
    else sessions.set(key, [step]);
  }
  return [...sessions.values()].flatMap(toRoot);
}

function toRoot(steps: readonly Step[]): JsonObject[] {
  const events = steps.map(({ event }) => event);
  const [first] = steps;
  if (first === undefined) return [];
  const { session_id, project, source, user_properties } = first.event;
  const prompt = events.find((event) => event['event_name'] === 'user_prompt');
  return [
    {
      event_id: session_id,
      session_id,
      event_type: 'session',
      event_name: first.agent,
      start_time: events.reduce((least, each) => Math.min(least, each.start_time), Infinity),
      user_properties,
      ...(project === undefined ? {} : { project }),
      ...(source === undefined ? {} : { source }),
      ...(prompt === undefined ? {} : { inputs: prompt['inputs'] }),
    },
  ];
}
