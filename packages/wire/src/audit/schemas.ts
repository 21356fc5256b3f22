import { z } from 'zod';

const auditEntry = z
  .object({
    id: z.number().meta({ description: 'Sequence number of the entry.' }),
    at: z.number().meta({ description: 'Epoch milliseconds.' }),
    action: z.string().meta({ description: '`key.create`, `project.delete`, `sign_in`, …' }),
    outcome: z.string().meta({ description: '`ok`, or the error code of the response.' }),
    actor: z.string().meta({
      description:
        'Id of the key that was used; else `cli`, `first start`, or `unknown` without a valid key.',
    }),
    actor_name: z.string().nullable().meta({ description: 'Name of that key.' }),
    project: z.string().nullable().meta({
      description: 'Project of the action: its id, or the name in the request.',
    }),
    target: z.string().nullable().meta({ description: 'Id of the target.' }),
    address: z.string().nullable(),
    request_id: z.string().nullable().meta({ description: '`x-request-id` of the response.' }),
  })
  .meta({
    id: 'AuditEntry',
    description: 'An action, successful or not.',
  });

/** Response of `GET /v1/audit`. */
export const auditPage = z
  .object({
    entries: z.array(auditEntry),
    next: z.number().nullable().meta({
      description: 'Send it as `before` for the next page; null on the last page.',
    }),
  })
  .meta({ id: 'AuditPage', description: 'Audit entries, newest first.' });
