import { alertOperations } from './alerts/operations.ts';
import { auditOperations } from './audit/operations.ts';
import { signInOperations } from './auth/operations.ts';
import { deliveryOperations } from './deliveries/operations.ts';
import { destinationOperations } from './destinations/operations.ts';
import { eventOperations } from './events/operations.ts';
import { exploreOperations } from './explore/operations.ts';
import { healthOperations } from './health/operations.ts';
import { heldUpdateOperations } from './held-updates/operations.ts';
import { keyOperations } from './keys/operations.ts';
import { liveOperations } from './live/operations.ts';
import { otlpOperations } from './otlp/operations.ts';
import { projectOperations } from './projects/operations.ts';
import { sessionOperations } from './sessions/operations.ts';
import { settingsOperations } from './settings/operations.ts';
import { viewOperations } from './views/operations.ts';
import type { Operation } from './operation.ts';

/** Every endpoint of the service. */
export const operations = {
  ...healthOperations,
  ...sessionOperations,
  ...eventOperations,
  ...projectOperations,
  ...settingsOperations,
  ...otlpOperations,
  ...exploreOperations,
  ...liveOperations,
  ...viewOperations,
  ...destinationOperations,
  ...deliveryOperations,
  ...alertOperations,
  ...keyOperations,
  ...auditOperations,
  ...heldUpdateOperations,
  ...signInOperations,
} as const satisfies Record<string, Operation>;

/** Name of an operation. */
export type OperationId = keyof typeof operations;

/** Names of all operations, in the order of the table. */
export const operationIds: readonly OperationId[] = Object.keys(operations).filter(
  (name): name is OperationId => name in operations,
);

/** The operations as a list, each under the general type. */
export const operationList: readonly Operation[] = Object.values(operations);
