import type { EventIn } from 'honeyhive-wire';
import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';

/** Keys of a model event that belong under `inputs`. Source: docs/contract.md, "Events". */
const inputKeys = [
  'model',
  'provider',
  'messages',
  'usage',
  'cost',
  'hyperparameters',
  'template',
  'template_inputs',
  'tools',
  'tool_choice',
  'response_format',
] as const;

/** A model event as an event: its own keys under `inputs`, the response under `outputs`. */
export function fromModelEvent(input: JsonObject): EventIn {
  const { response, model_name: modelName, ...given } = input;
  const model = given['model'] ?? modelName;
  const own = Object.fromEntries(
    inputKeys.flatMap((key) => {
      const value = key === 'model' ? model : given[key];
      return value === undefined || value === null ? [] : [[key, value]];
    }),
  );
  const rest = Object.fromEntries(
    Object.entries(given).filter(([key]) => !inputKeys.some((name) => name === key)),
  );
  const inputs = isJsonObject(rest['inputs']) ? rest['inputs'] : {};
  return {
    ...rest,
    event_type: 'model',
    event_name: rest['event_name'] ?? (typeof model === 'string' ? model : undefined),
    inputs: { ...own, ...inputs },
    ...(response === undefined || response === null
      ? {}
      : { outputs: withResponse(rest['outputs'], response) }),
  } as EventIn;
}

const withResponse = (outputs: unknown, response: unknown): JsonObject => ({
  ...(isJsonObject(outputs) ? outputs : {}),
  response,
});
