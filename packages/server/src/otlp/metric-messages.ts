import { WireType } from '@bufbuild/protobuf/wire';
import { message, table, text } from './shared-messages.ts';
import { field, list, unread } from './message-table.ts';

/**
 * The messages of a metric export, as far as data points are counted. Source: opentelemetry-proto,
 * `metrics/v1/metrics.proto`.
 */

const point = table(() => ({}));
const points = table(() => ({
  1: list(field('dataPoints', WireType.LengthDelimited, unread(point))),
}));
export const metric = table(() => ({
  1: text('name'),
  5: message('gauge', points),
  7: message('sum', points),
  9: message('histogram', points),
  10: message('exponentialHistogram', points),
  11: message('summary', points),
}));
