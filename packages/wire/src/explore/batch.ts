import { z } from 'zod';
import { limits } from 'honeyhive-facts';
import { chartQuery, exploreChart, groupList, groupsQuery } from './chart.ts';
import { valueList, valuesQuery } from './field.ts';
import { projectName } from './selection.ts';

const ofBatch = { project: true } as const;

/** Body of `POST /v1/explore/batch`. */
export const batchQuery = z
  .strictObject({
    project: projectName,
    questions: z
      .array(
        z.discriminatedUnion('operation', [
          z.strictObject({
            operation: z.literal('exploreChart'),
            body: chartQuery.omit(ofBatch),
          }),
          z.strictObject({
            operation: z.literal('exploreGroups'),
            body: groupsQuery.omit(ofBatch),
          }),
          z.strictObject({
            operation: z.literal('exploreValues'),
            body: valuesQuery.omit(ofBatch),
          }),
        ]),
      )
      .min(1)
      .max(limits.exploreBatch)
      .meta({ description: `At most ${limits.exploreBatch}, about the project of the batch.` }),
  })
  .meta({ id: 'BatchQuery', description: 'What a screen asks at once.' });

/** Response of `POST /v1/explore/batch`. */
export const batchAnswers = z
  .object({
    answers: z
      .array(
        z.union([
          z.object({ operation: z.literal('exploreChart'), answer: exploreChart }),
          z.object({ operation: z.literal('exploreGroups'), answer: groupList }),
          z.object({ operation: z.literal('exploreValues'), answer: valueList }),
          z.object({
            operation: z.string(),
            error: z
              .object({ statusCode: z.number(), errorCode: z.string(), message: z.string() })
              .meta({ description: 'What the operation alone would have been rejected with.' }),
          }),
        ]),
      )
      .meta({ description: 'In the order of the questions.' }),
  })
  .meta({ id: 'BatchAnswers', description: 'Answers to a batch; one that failed costs no other.' });

export type BatchQuery = z.infer<typeof batchQuery>;
