import type { OperationCaller, OperationInput } from 'honeyhive-testkit';
import type { Attempt, Victim } from './victim.ts';

const byProject = ({ projectId }: Victim): OperationInput => ({
  params: { project_id: projectId },
});
const byDestination = ({ projectId, destinationId }: Victim): OperationInput => ({
  params: { project_id: projectId, destination_id: destinationId },
});
const byDelivery = ({ projectId, deliveryId }: Victim): OperationInput => ({
  params: { project_id: projectId, delivery_id: deliveryId },
});
/** A destination that is never reached: its address is refused; and what is known of trying. */
export async function sendToNobody(organisation: OperationCaller, projectId: string) {
  const { destination } = await organisation.ok('createAlertDestination', {
    params: { project_id: projectId },
    body: { kind: 'webhook', name: 'nobody', url: 'http://localhost:9/secret' },
  });
  const { delivery } = await organisation.ok('testAlertDestination', {
    params: { project_id: projectId, destination_id: destination.id },
  });
  return { destinationId: destination.id, deliveryId: delivery.id };
}

/** Attempts for the operations of destinations and deliveries. */
export const deliveryAttempts = {
  listAlertDestinations: { foreign: 'not found', namesProject: true, aim: byProject },
  createAlertDestination: {
    foreign: 'not found',
    namesProject: true,
    aim: (victim) => ({
      ...byProject(victim),
      body: { kind: 'slack', name: 'of somebody else', url: 'https://hooks.invalid/' },
    }),
  },
  getAlertDestination: { foreign: 'not found', namesProject: true, aim: byDestination },
  updateAlertDestination: {
    foreign: 'not found',
    namesProject: true,
    aim: (victim) => ({ ...byDestination(victim), body: { url: 'https://hooks.invalid/' } }),
  },
  deleteAlertDestination: { foreign: 'not found', namesProject: true, aim: byDestination },
  testAlertDestination: { foreign: 'not found', namesProject: true, aim: byDestination },
  listAlertDeliveries: { foreign: 'not found', namesProject: true, aim: byProject },
  getAlertDelivery: { foreign: 'not found', namesProject: true, aim: byDelivery },
  resendAlertDelivery: { foreign: 'not found', namesProject: true, aim: byDelivery },
} as const satisfies Readonly<Record<string, Attempt>>;
