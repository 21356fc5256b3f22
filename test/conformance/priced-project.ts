import type { OwnProject } from './own-project.ts';

/** A million and a hundred thousand tokens. */
export const usage = {
  prompt_tokens: 1_000_000,
  completion_tokens: 100_000,
  total_tokens: 1_100_000,
};
/** A call of a model that reports its tokens and no cost. */
export const ofModel = (model: string, more = {}) => ({
  event_type: 'model',
  event_name: model,
  config: { model },
  outputs: { usage },
  ...more,
});

/** Sends events in a separate session; returns its id. */
export async function send({ api }: OwnProject, events: readonly object[]): Promise<string> {
  const { session_id } = await api.ok('createSession', { body: {} });
  if (events.length > 0)
    await api.ok('createEventBatch', {
      body: { events: events.map((event) => ({ session_id, ...event })) },
    });
  return session_id ?? '';
}

/** Cost and its source, by name. */
export async function costs({ api }: OwnProject) {
  const { rows } = await api.ok('exploreRows', {
    body: { scope: 'events', filters: [{ field: 'event_type', operator: 'is', value: 'model' }] },
  });
  return Object.fromEntries(
    rows.map(({ event_name, cost_usd, cost_source }) => [event_name, [cost_usd, cost_source]]),
  );
}

export const setPrices = ({ api, id }: OwnProject, prices: readonly object[]) =>
  api.ok('updateProjectSettings', { params: { project_id: id }, body: { prices } });
