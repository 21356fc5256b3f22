import { firstTokenField } from '../domain/first-token.ts';
import type { FieldRow } from './fields.ts';
import { fromJson, toNumber, toText } from './attributes.ts';

const row =
  (bucket: FieldRow['bucket'], read: FieldRow['read']) =>
  (field: string, ...from: readonly string[]): FieldRow => ({ bucket, field, from, read });
const counted = row('metadata', toNumber);

/** What records of all coding agents say. */
export const commonRows: readonly FieldRow[] = [
  row('config', toText)('model', 'model'),
  row('user_properties', toText)('user_id', 'user.id', 'user.email', 'user.account_id'),
];

/** What records about a call of a model say. */
export const modelRows: readonly FieldRow[] = [
  counted('cost', 'cost_usd'),
  counted(firstTokenField, 'ttft_ms'),
  row('metadata', (value) => fromJson(value) ?? undefined)('finish_reasons', 'finish_reasons'),
];

/** What records about a call of a tool say. */
export const toolRows: readonly FieldRow[] = [
  row('metadata', toText)('tool_name', 'tool_name', 'function_name'),
  row('metadata', toText)('tool_call_id', 'tool_use_id', 'call_id'),
];

/** What a tool was called with, and what it returned. */
export const toolInputs = ['tool_input', 'tool_parameters', 'function_args', 'arguments'];
export const toolOutputs = ['output', 'tool_output'];
/** What a model answered. */
export const answers = ['response_text', 'response'];
