import { exportLogsRequest } from './log-messages.ts';
import type { MessageTable } from './message-table.ts';
import { exportMetricsRequest } from './metric-messages.ts';
import { exportRequest } from './trace-messages.ts';

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

export const traceSignal: Signal = {
  request: exportRequest,
  requestName: 'ExportTraceServiceRequest',
  resources: 'resourceSpans',
  scopes: 'scopeSpans',
  items: 'spans',
  noun: 'spans',
};

export const logSignal: Signal = {
  request: exportLogsRequest,
  requestName: 'ExportLogsServiceRequest',
  resources: 'resourceLogs',
  scopes: 'scopeLogs',
  items: 'logRecords',
  noun: 'log records',
};

export const metricSignal: Signal = {
  request: exportMetricsRequest,
  requestName: 'ExportMetricsServiceRequest',
  resources: 'resourceMetrics',
  scopes: 'scopeMetrics',
  items: 'metrics',
  noun: 'metrics',
};
