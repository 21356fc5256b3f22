import type { JsonView } from './json-view.ts';

const fieldNames = ['finish_reason', 'finishReason', 'stop_reason', 'stopReason'];
/** Objects of LangChain that contain it among other fields, and stay whole. */
const holderNames = ['response_metadata', 'generation_info'];

/** Why the model stopped. */
export interface FinishReason {
  readonly text: string;
  /** The field that says nothing else; null if it is inside another one. */
  readonly field: string | null;
}

/** The finish reason of a message, a choice or an answer; null without one. */
export function readFinishReason(node: JsonView): FinishReason | null {
  const field = fieldNames.find((name) => node.first(name)) ?? null;
  const holder = field === null ? node.first(...holderNames) : node;
  const value = holder?.first(...fieldNames);
  const text = value ? (value.string ?? value.source) : '';
  return text === '' ? null : { text, field };
}
