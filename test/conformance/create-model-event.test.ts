import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api } = await openProject();

const read = async (event_id: string) => (await api.ok('getEvent', { params: { event_id } })).event;

const call = {
  model: 'gpt-4o',
  provider: 'openai',
  messages: [{ role: 'user', content: 'Hello' }],
  response: { role: 'assistant', content: 'Hi' },
  usage: { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 },
  cost: 0.25,
  hyperparameters: { temperature: 0 },
  template: [{ role: 'system', content: '{{a}}' }],
  template_inputs: { a: 1 },
  tools: [{ name: 't' }],
  tool_choice: 'auto',
  response_format: { type: 'text' },
  duration: 120,
};

test.each([
  ['under `model_event`', (event: object) => ({ model_event: event })],
  ['bare', (event: object) => event],
])('stores a model call that is sent %s', async (_how, wrap) => {
  const created = await api.ok('createModelEvent', {
    body: wrap({ ...call, event_id: randomUUID() }),
  });
  const event = await read(created.event_id);

  const { response, duration, ...inputs } = call;
  expect(created).toMatchObject({ success: true, event_type: 'model', event_name: 'gpt-4o' });
  expect(event).toMatchObject({
    event_type: 'model',
    event_name: 'gpt-4o',
    inputs,
    outputs: { response },
    duration,
  });
});

test('adds its usage and cost to the session', async () => {
  const session_id = randomUUID();

  await api.ok('createModelEvent', { body: { model_event: { ...call, session_id } } });
  const session = await api.ok('getSession', { params: { session_id } });

  expect(session.metadata).toMatchObject({
    num_model_events: 1,
    prompt_tokens: 7,
    completion_tokens: 2,
    total_tokens: 9,
    cost: 0.25,
  });
});

test('takes the fields of any event, and an event name over that of the model', async () => {
  const own = {
    event_name: 'draft',
    metadata: { a: 1 },
    source: 'dev',
    error: 'late',
    inputs: { extra: 1 },
  };

  const created = await api.ok('createModelEvent', { body: { model_event: { ...call, ...own } } });

  expect(await read(created.event_id)).toMatchObject({
    event_name: 'draft',
    metadata: { a: 1 },
    source: 'dev',
    error: 'late',
    inputs: { extra: 1, provider: 'openai' },
  });
});

test('takes `model_name` for `model`, and makes a model event of any type', async () => {
  const created = await api.ok('createModelEvent', {
    body: { model_event: { model_name: 'small', event_type: 'tool' } },
  });

  expect(await read(created.event_id)).toMatchObject({ event_type: 'model', event_name: 'small' });
});

test('refuses what an event refuses', async () => {
  const refusal = await api.refused('createModelEvent', 400, {
    body: { model_event: { ...call, duration: 'long' } },
  });

  expect(refusal.issues?.[0]?.field).toContain('duration');
});
