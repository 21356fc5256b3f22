import { z } from 'zod';
import { limits } from 'honeyhive-facts';
import type { Operation } from '../operation.ts';
import { id } from '../shapes.ts';
import { delivery, deliveryPage, deliveryStatuses } from './schemas.ts';

/** What was sent to destinations of alerts, and what was answered. */
export const deliveryOperations = {
  listAlertDeliveries: {
    id: 'listAlertDeliveries',
    method: 'GET',
    paths: ['/v1/projects/{project_id}/alert_deliveries'],
    tag: 'alert-deliveries',
    summary: 'Deliveries of a project, newest first, each with its latest attempt',
    access: 'read',
    scope: 'organisation',
    query: z.object({
      alert_id: id('Only those of this alert.').optional(),
      destination_id: id('Only those to this destination.').optional(),
      status: z
        .enum(deliveryStatuses)
        .optional()
        .meta({ description: 'Only those in this status.' }),
      cursor: z
        .string()
        .regex(/^\d{1,15}$/, 'expected `next_cursor` of the previous page')
        .optional()
        .meta({ description: '`next_cursor` of the previous page.' }),
      limit: z
        .string()
        .regex(/^\d{1,9}$/, 'expected a number')
        .optional()
        .meta({ description: `1 to ${limits.deliveryPage}. Default 50.` }),
    }),
    response: deliveryPage,
    errors: [],
    idempotent: true,
    source: 'ours',
  },
  getAlertDelivery: {
    id: 'getAlertDelivery',
    method: 'GET',
    paths: ['/v1/projects/{project_id}/alert_deliveries/{delivery_id}'],
    tag: 'alert-deliveries',
    summary: 'One delivery: what is sent, and every attempt',
    access: 'read',
    scope: 'organisation',
    response: delivery,
    errors: [],
    idempotent: true,
    source: 'ours',
  },
  resendAlertDelivery: {
    id: 'resendAlertDelivery',
    method: 'POST',
    paths: ['/v1/projects/{project_id}/alert_deliveries/{delivery_id}/resend'],
    tag: 'alert-deliveries',
    summary: 'Send a delivery again under the same id, with retries for another 24 hours',
    access: 'write',
    scope: 'organisation',
    response: delivery,
    errors: ['conflict'],
    idempotent: true,
    source: 'ours',
  },
} as const satisfies Record<string, Operation>;
