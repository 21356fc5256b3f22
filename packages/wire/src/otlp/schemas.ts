import { z } from 'zod';

export const exportRequest = z
  .looseObject({
    resourceSpans: z.array(z.unknown()).nullish().meta({
      description:
        'Spans by resource and scope, each validated separately: an invalid one does not affect the others.',
    }),
  })
  .meta({
    id: 'ExportTraceServiceRequest',
    description:
      'Request of OpenTelemetry exporters, as `application/x-protobuf` or in its JSON form.',
  });

export const exportResponse = z
  .object({
    partialSuccess: z
      .object({
        rejectedSpans: z.string().meta({ description: 'Spans not stored: a number, as text.' }),
        errorMessage: z.string().meta({ description: 'Problem of the first of them.' }),
      })
      .optional()
      .meta({ description: 'Absent if all spans were stored.' }),
  })
  .meta({
    id: 'ExportTraceServiceResponse',
    description: 'The outcome for the spans, in the encoding of the request.',
  });
