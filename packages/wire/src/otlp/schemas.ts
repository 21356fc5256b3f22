import { z } from 'zod';

/** The request of an exporter: a list by resource and scope. */
const requestOf = (id: string, list: string, items: string) =>
  z
    .looseObject({
      [list]: z
        .array(z.unknown())
        .nullish()
        .meta({
          description: `${items} by resource and scope, each validated separately: an invalid one does not affect the others.`,
        }),
    })
    .meta({
      id,
      description:
        'Request of OpenTelemetry exporters, as `application/x-protobuf` or in its JSON form.',
    });

const errorMessage = z.string().meta({ description: 'Problem of the first of them.' });

export const exportRequest = requestOf('ExportTraceServiceRequest', 'resourceSpans', 'Spans');
export const exportLogsRequest = requestOf(
  'ExportLogsServiceRequest',
  'resourceLogs',
  'Log records',
);
export const exportMetricsRequest = requestOf(
  'ExportMetricsServiceRequest',
  'resourceMetrics',
  'Metrics',
);

export const exportResponse = z
  .object({
    partialSuccess: z
      .object({
        rejectedSpans: z.string().meta({ description: 'Spans not stored: a number, as text.' }),
        errorMessage,
      })
      .optional()
      .meta({ description: 'Absent if all spans were stored.' }),
  })
  .meta({
    id: 'ExportTraceServiceResponse',
    description: 'The outcome for the spans, in the encoding of the request.',
  });

export const exportLogsResponse = z
  .object({
    partialSuccess: z
      .object({
        rejectedLogRecords: z
          .string()
          .meta({ description: 'Log records not stored: a number, as text.' }),
        errorMessage: z.string().meta({ description: 'Why, with the number for each reason.' }),
      })
      .optional()
      .meta({ description: 'Absent if all log records were stored.' }),
  })
  .meta({
    id: 'ExportLogsServiceResponse',
    description: 'The outcome for the log records, in the encoding of the request.',
  });

export const exportMetricsResponse = z
  .object({
    partialSuccess: z
      .object({
        rejectedDataPoints: z
          .string()
          .meta({ description: 'Data points of the request: a number, as text.' }),
        errorMessage: z.string().meta({ description: 'That metrics are not stored.' }),
      })
      .optional()
      .meta({ description: 'Absent if the request had no data points.' }),
  })
  .meta({
    id: 'ExportMetricsServiceResponse',
    description: 'No metric is stored; in the encoding of the request.',
  });
