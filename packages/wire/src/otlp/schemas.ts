import { z } from 'zod';

export const exportRequest = z
  .looseObject({
    resourceSpans: z.array(z.unknown()).nullish().meta({
      description:
        'Spans by resource and scope, each checked by itself: one that cannot be stored costs none of the others.',
    }),
  })
  .meta({
    id: 'ExportTraceServiceRequest',
    description:
      'What exporters of OpenTelemetry send, as `application/x-protobuf` or in its JSON form.',
  });

export const exportResponse = z
  .object({
    partialSuccess: z
      .object({
        rejectedSpans: z.string().meta({ description: 'Spans not stored: a number, as text.' }),
        errorMessage: z.string().meta({ description: 'What is wrong with the first of them.' }),
      })
      .optional()
      .meta({ description: 'Absent when all spans were stored.' }),
  })
  .meta({
    id: 'ExportTraceServiceResponse',
    description: 'What became of the spans, in the encoding in which they came.',
  });
