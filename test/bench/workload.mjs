// The load of the ingest benchmark: batches of 100 events of 1 KB, the same on every run.

import { createRandom } from './random.mjs';

export const eventsPerBatch = 100;
export const eventBytes = 1024;

const words =
  'order refund customer delivery please account the of a to shipped invoice tomorrow status help agent model answer search result price item address thanks hello when where which'.split(
    ' ',
  );

/** Bodies of `POST /events/batch`, as text. */
export function makeBodies(count) {
  const random = createRandom(20261122);
  const hex = (length) =>
    Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  const uuid = () => `${hex(8)}-${hex(4)}-7${hex(3)}-a${hex(3)}-${hex(12)}`;
  const text = (length) => {
    let made = '';
    while (made.length < length) made += `${words[Math.floor(random() * words.length)]} `;
    return made.slice(0, length);
  };
  const start = Date.UTC(2026, 10, 22);
  return Array.from({ length: count }, (_, batch) => {
    const session = uuid();
    const events = Array.from({ length: eventsPerBatch }, (__, index) => {
      const event = {
        event_id: uuid(),
        session_id: session,
        event_type: ['model', 'tool', 'chain'][index % 3],
        event_name: `step_${index % 20}`,
        source: 'bench',
        start_time: start + batch * 1000 + index * 10,
        duration: Math.round(random() * 2000),
        config: { model: 'gpt-4o', temperature: 0.2 },
        inputs: { messages: [{ role: 'user', content: '' }] },
        outputs: { content: text(250) },
        metadata: { prompt_tokens: 120 + index, completion_tokens: 40, cost: 0.0012, region: 'eu' },
      };
      event.inputs.messages[0].content = text(eventBytes - JSON.stringify(event).length);
      return event;
    });
    return JSON.stringify({ events });
  });
}
