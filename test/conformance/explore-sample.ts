import { buildEvent } from 'honeyhive-testkit';
import type { OperationCaller } from 'honeyhive-testkit';

/** When the sample begins: noon in UTC, on the day before clocks go forward in Berlin. */
export const sampleStart = Date.UTC(2026, 2, 28, 12);
export const hourMs = 3_600_000;

const models = ['gpt-5', 'gpt-5', 'gpt-5', 'claude', 'claude', 'gemini'] as const;

/**
 * 48 sessions, one an hour, each with a model event; of every sixth its tool event fails. The models share them as
 * 3, 2 and 1; sessions are of plan `plus` and `free` by turns.
 */
export async function fillHours(api: OperationCaller): Promise<void> {
  const events = Array.from({ length: 48 }, (_each, index) => {
    const session_id = `s${index}`;
    const start = sampleStart + index * hourMs;
    return [
      buildEvent({
        event_id: session_id,
        session_id,
        event_type: 'session',
        event_name: 'chat',
        start_time: start,
        end_time: start + 1_000 * (index + 1),
        user_properties: { user_id: `u${index % 5}`, plan: index % 2 === 0 ? 'plus' : 'free' },
      }),
      buildEvent({
        event_id: `m${index}`,
        session_id,
        event_type: 'model',
        event_name: 'answer',
        start_time: start,
        duration: 100 * (index + 1),
        config: { model: models[index % 6] },
        metadata: { total_tokens: 10, cost: 0.5, score: index, ok: index % 2 === 0 },
      }),
      buildEvent({
        event_id: `t${index}`,
        session_id,
        event_name: 'look up',
        start_time: start,
        error: index % 6 === 5 ? 'boom' : null,
      }),
    ];
  });
  await api.ok('createEventBatch', { body: { events: events.flat() } });
}
