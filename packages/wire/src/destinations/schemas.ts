import { z } from 'zod';
import { limits } from 'honeyhive-facts';
import { delivery } from '../deliveries/schemas.ts';

const name = z
  .string()
  .min(1)
  .max(limits.destinationNameChars)
  .regex(/\S/, 'must not be blank')
  .meta({ description: 'Unique in its project.' });

const url = z.string().min(1).max(limits.destinationUrlChars).meta({
  description:
    '`http` or `https`, without user name and password. Private addresses are refused unless `HH_ALERT_ALLOWED_NETWORKS` has them.',
});

const addresses = z
  .array(z.email().max(limits.emailAddressChars))
  .min(1)
  .max(limits.emailAddresses)
  .meta({ description: 'E-mail addresses; each sees the others.' });

export const destinationKinds = ['webhook', 'slack', 'email'] as const;

/** Body of `POST /v1/projects/{project_id}/alert_destinations`. */
export const destinationIn = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('webhook'), name, url })
      .meta({ id: 'WebhookDestinationInput' }),
    z.strictObject({ kind: z.literal('slack'), name, url }).meta({ id: 'SlackDestinationInput' }),
    z
      .strictObject({ kind: z.literal('email'), name, addresses })
      .meta({ id: 'EmailDestinationInput' }),
  ])
  .meta({ description: 'Where notifications of alerts go to.' });

/** Body of `PUT /v1/projects/{project_id}/alert_destinations/{destination_id}`. */
export const destinationPatch = z
  .strictObject({
    name: name.optional(),
    url: url.optional(),
    addresses: addresses.optional(),
    rotate_secret: z.boolean().optional().meta({
      description:
        '`true`: a new signing secret, which this response contains. What is sent from then on is signed with it, and for 24 hours with the one before as well.',
    }),
  })
  .meta({
    id: 'AlertDestinationPatch',
    description: 'Changes; what is left out stays. The kind cannot be changed.',
  });

/** Where notifications go to. */
export const destination = z
  .object({
    id: z.string(),
    project_id: z.string(),
    name: z.string(),
    kind: z.enum(destinationKinds),
    made_by: z.enum(['caller', 'alert']).meta({
      description: '`alert`: made for the `notification_details` of an alert.',
    }),
    url: z.string().nullable().meta({
      description: 'Scheme and host; what follows is a secret, shown as `…`. null for e-mail.',
    }),
    url_fingerprint: z.string().nullable().meta({
      description: 'The first 16 hexadecimal digits of the SHA-256 of the URL. null for e-mail.',
    }),
    addresses: z.array(z.string()).meta({ description: 'Empty unless it is for e-mail.' }),
    is_readable: z.boolean().meta({
      description:
        'false: it was stored with another secrets key, so that nothing can be sent until its `url` or `addresses` are set again.',
    }),
    created_at: z.number().meta({ description: 'Epoch milliseconds.' }),
    updated_at: z.number().meta({ description: 'Epoch milliseconds.' }),
  })
  .meta({ id: 'AlertDestination', description: 'Where notifications of alerts go to.' });

/** Response of a creation or change. */
export const destinationSaved = z
  .object({
    destination,
    signing_secret: z.string().nullable().meta({
      description:
        'Verifies the signatures of a webhook (Standard Webhooks, `whsec_…`); shown only when it was just made, else null.',
    }),
  })
  .meta({ id: 'AlertDestinationSaved', description: 'A destination as it is stored.' });

/** Response of `GET /v1/projects/{project_id}/alert_destinations`. */
export const destinationList = z
  .object({ destinations: z.array(destination) })
  .meta({ id: 'AlertDestinationList', description: 'Destinations of a project, by name.' });

/** Response of `POST /v1/projects/{project_id}/alert_destinations/{destination_id}/test`. */
export const destinationTested = z
  .object({ delivery })
  .meta({ id: 'AlertDestinationTested', description: 'What was sent, and what was answered.' });

export type Destination = z.infer<typeof destination>;
export type DestinationIn = z.infer<typeof destinationIn>;
