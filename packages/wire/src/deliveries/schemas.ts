import { z } from 'zod';
import { jsonObject } from '../shapes.ts';

export const deliveryStatuses = ['pending', 'delivered', 'dead'] as const;

const attempt = z
  .object({
    number: z.number().meta({ description: 'Counts from 1.' }),
    at: z.number().meta({ description: 'Epoch milliseconds.' }),
    duration_ms: z.number().meta({ description: 'Milliseconds.' }),
    status: z.number().nullable().meta({
      description: 'Status of the HTTP response, or code of the SMTP reply; null without one.',
    }),
    body: z.string().nullable().meta({
      description: 'The first 1,024 bytes of the response; null without one.',
    }),
    error: z.string().nullable().meta({
      description: 'Why it counts as failed; null if delivered.',
    }),
  })
  .meta({ id: 'AlertDeliveryAttempt', description: 'One attempt to deliver.' });

const summary = {
  id: z.string().meta({
    description: 'Stable over attempts; `webhook-id` of a webhook. Receivers dedupe by it.',
  }),
  project_id: z.string(),
  destination_id: z.string(),
  destination_name: z.string().nullable().meta({ description: 'null: it was deleted.' }),
  kind: z.enum(['webhook', 'slack', 'email']),
  alert_id: z.string().nullable().meta({ description: 'null: a test.' }),
  type: z.string().meta({ description: '`alert.triggered`, `alert.resolved`, `alert.test`, …' }),
  status: z.enum(deliveryStatuses).meta({
    description: '`dead`: not retried any longer, after 24 hours or because retrying cannot help.',
  }),
  created_at: z.number().meta({ description: 'Epoch milliseconds.' }),
  expires_at: z.number().meta({ description: 'Until when it is retried, epoch milliseconds.' }),
  next_attempt_at: z
    .number()
    .nullable()
    .meta({ description: 'Epoch milliseconds; null unless pending.' }),
  attempt_count: z.number(),
};

/** A delivery with all of its attempts. */
export const delivery = z
  .object({
    ...summary,
    payload: jsonObject('What is sent: the body of a webhook.'),
    attempts: z.array(attempt).meta({ description: 'The latest 100, oldest first.' }),
  })
  .meta({ id: 'AlertDelivery', description: 'A notification for one destination.' });

const listedDelivery = z
  .object({
    ...summary,
    last_attempt: attempt.nullable().meta({ description: 'null before the first one.' }),
  })
  .meta({ id: 'ListedAlertDelivery', description: 'A delivery with its latest attempt.' });

/** Response of `GET /v1/projects/{project_id}/alert_deliveries`. */
export const deliveryPage = z
  .object({
    deliveries: z.array(listedDelivery),
    next_cursor: z.string().nullable().meta({ description: 'null on the last page.' }),
  })
  .meta({ id: 'AlertDeliveryPage', description: 'Deliveries, newest first.' });

export type Delivery = z.infer<typeof delivery>;
export type ListedDelivery = z.infer<typeof listedDelivery>;
export type DeliveryAttempt = z.infer<typeof attempt>;
