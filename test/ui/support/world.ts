import { openProject } from '../../conformance/own-project.ts';
import type { OwnProject } from '../../conformance/own-project.ts';
import { fillSupportDesk } from './support-desk.ts';

/** When the last session of the world begins: the same in each run, so that what is shown is, too. */
export const worldTime = Date.UTC(2026, 2, 1, 12);

/** The day of the world, for the address of a list. */
export const worldDay = 't=2026-03-01T00:00~2026-03-02T00:00';

/** Two turns, the second with the history of the first, in the session `conversation`. */
function conversation(): object[] {
  const asked = [
    { role: 'system', content: 'You answer for a shop.' },
    { role: 'user', content: 'Where is my order?' },
  ];
  const back = { role: 'assistant', content: 'Which number does it have?' };
  const call = (turn: number, messages: readonly object[], content: string) => ({
    session_id: 'conversation',
    event_id: `conversation-${turn}`,
    event_type: 'model',
    event_name: 'reply',
    start_time: worldTime - 120_000 + turn * 1_000,
    duration: 500,
    config: { model: 'gpt-5' },
    inputs: { messages },
    outputs: { role: 'assistant', content },
  });
  return [
    call(1, asked, back.content),
    call(2, [...asked, back, { role: 'user', content: 'It is 4411.' }], 'It arrives *tomorrow*.'),
  ];
}

/** Fills a project so that every screen has something to show, the same in each run. */
export async function fillWorld(project: Pick<OwnProject, 'api' | 'id'>): Promise<void> {
  await fillSupportDesk(project, { sessions: 24, now: worldTime });
  await project.api.ok('createEventBatch', { body: { events: conversation() } });
  await addAlerts(project);
}

/** Paused: what they show does not depend on the time of the run. */
async function addAlerts({ api, id: project_id }: Pick<OwnProject, 'api' | 'id'>): Promise<void> {
  const thresholds = { critical: { operator: 'greater_than', value: 4_000 } } as const;
  await api.ok('saveAlert', {
    params: { project_id, alert_id: 'world-latency' },
    body: {
      name: 'Slow answers',
      aggregation: 'P95',
      projections: ['duration'],
      filters: [{ field: 'event_type', operator: 'is', value: 'model', type: 'string' }],
      group_by: 'model',
      thresholds,
      status: 'PAUSED',
    },
  });
  await api.ok('createAlertDestination', {
    params: { project_id },
    body: { kind: 'webhook', name: 'desk', url: 'https://hooks.example.com/t/0123' },
  });
}

export async function openWorld(): Promise<OwnProject> {
  const project = await openProject();
  await fillWorld(project);
  return project;
}
