import { z } from 'zod';

const auditEntry = z
  .object({
    id: z.number().meta({ description: 'Order of what happened.' }),
    at: z.number().meta({ description: 'Epoch milliseconds.' }),
    action: z.string().meta({ description: '`key.create`, `project.delete`, `sign_in`, …' }),
    outcome: z.string().meta({ description: '`ok`, or the error code of the answer.' }),
    actor: z.string().meta({
      description:
        'Id of the key it was done with; else `cli`, `first start`, or `unknown` when nobody was signed in.',
    }),
    actor_name: z.string().nullable().meta({ description: 'Name of that key.' }),
    project: z.string().nullable().meta({
      description: 'Project it was done in: its id, or as the request named it.',
    }),
    target: z.string().nullable().meta({ description: 'Id of what it was done to.' }),
    address: z.string().nullable(),
    request_id: z.string().nullable().meta({ description: '`x-request-id` of the answer.' }),
  })
  .meta({
    id: 'AuditEntry',
    description: 'Something that was done to the installation, or tried.',
  });

/** Answer of `GET /v1/audit`. */
export const auditPage = z
  .object({
    entries: z.array(auditEntry),
    next: z.number().nullable().meta({
      description: 'Send it as `before` for the next page; null: there is none.',
    }),
  })
  .meta({ id: 'AuditPage', description: 'Audit entries, newest first.' });
