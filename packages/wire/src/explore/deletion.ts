import { z } from 'zod';
import { limits } from 'honeyhive-facts';
import { exploreScope, projectName } from './selection.ts';

const triedDays = (what: string) =>
  z
    .number()
    .int()
    .min(1)
    .max(36_500)
    .nullish()
    .meta({ description: `${what}; null: indefinitely. Default: the setting of the project.` });

/** Body of `POST /v1/explore/retention-estimate`. */
export const retentionQuery = z
  .strictObject({
    project: projectName,
    retention_days: triedDays('Days to keep events'),
    payload_retention_days: triedDays('Days to keep inputs and outputs'),
  })
  .meta({ id: 'RetentionQuery', description: 'A retention to try.' });

/** Response of `POST /v1/explore/retention-estimate`. */
export const retentionEstimate = z
  .object({
    before: z.number().nullable().meta({
      description:
        'Cut-off, epoch milliseconds: sessions last changed before it would be deleted; null: none would.',
    }),
    sessions: z.number().meta({ description: 'Sessions that would be deleted.' }),
    events: z.number().meta({ description: 'Events that would be deleted, including roots.' }),
    bytes: z.number().meta({ description: 'Their inputs and outputs, before compression.' }),
    oldest: z
      .number()
      .nullable()
      .meta({ description: 'Start of the oldest event of the project, epoch milliseconds.' }),
    payloads: z
      .object({
        before: z.number().nullable().meta({
          description:
            'Cut-off, as above, for inputs and outputs; null: they stay with the events.',
        }),
        events: z.number().meta({
          description: 'Events that would stay without their inputs and outputs.',
        }),
        bytes: z.number().meta({ description: 'These inputs and outputs, before compression.' }),
      })
      .meta({ description: 'What would be emptied of the sessions that stay.' }),
  })
  .meta({ id: 'RetentionEstimate', description: 'What a retention would remove.' });

/** Body of `POST /v1/explore/delete`. */
export const deleteMany = z
  .strictObject({
    project: projectName,
    scope: exploreScope.meta({ description: 'Whether the ids are session ids or event ids.' }),
    ids: z.array(z.string().min(1).max(limits.idChars)).min(1).max(limits.deleteMany),
  })
  .meta({ id: 'DeleteMany', description: 'What to delete.' });

/** Response of `POST /v1/explore/delete`. */
export const deletedMany = z
  .object({
    deleted: z.array(z.string()).meta({ description: 'Ids that were deleted.' }),
    missing: z.array(z.string()).meta({ description: 'Unknown ids.' }),
  })
  .meta({ id: 'DeletedMany', description: 'What was deleted.' });

export type RetentionEstimate = z.infer<typeof retentionEstimate>;
