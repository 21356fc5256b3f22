import { logRecord } from './log-messages.ts';
import type { MessageTable } from './message-table.ts';
import { metric } from './metric-messages.ts';
import { exportOf } from './shared-messages.ts';
import { span } from './trace-messages.ts';

/** A kind of telemetry, and where its requests and responses have what. */
export interface Signal {
  /** The message of a request. */
  readonly request: MessageTable;
  readonly requestName: string;
  /** The list of a request; each item is about one resource. */
  readonly resources: string;
  /** The list in an item of the first; each item is about one scope. */
  readonly scopes: string;
  /** The list in an item of the second. */
  readonly items: string;
  /** What the items are. */
  readonly noun: string;
}

const signal = (names: Omit<Signal, 'request'>, item: MessageTable): Signal => ({
  ...names,
  request: exportOf([names.resources, names.scopes, names.items], item),
});

export const traceSignal = signal(
  {
    requestName: 'ExportTraceServiceRequest',
    resources: 'resourceSpans',
    scopes: 'scopeSpans',
    items: 'spans',
    noun: 'spans',
  },
  span,
);

export const logSignal = signal(
  {
    requestName: 'ExportLogsServiceRequest',
    resources: 'resourceLogs',
    scopes: 'scopeLogs',
    items: 'logRecords',
    noun: 'log records',
  },
  logRecord,
);

export const metricSignal = signal(
  {
    requestName: 'ExportMetricsServiceRequest',
    resources: 'resourceMetrics',
    scopes: 'scopeMetrics',
    items: 'metrics',
    noun: 'metrics',
  },
  metric,
);
