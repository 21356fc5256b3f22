import { JsonNode } from '../payload/json/json-node.ts';
import { readJson } from '../payload/json/json-reader.ts';

/** An event as received. Its buckets stay unparsed JSON text. */
export interface EventDetail {
  readonly event: JsonNode;
  /** Large buckets, which are loaded separately. */
  readonly omitted: ReadonlySet<string>;
  /** Whether retention deleted its inputs and outputs. */
  readonly isEmptied: boolean;
  /** Size of the whole, bytes; what was omitted counts. */
  readonly bytes: number;
  readonly cost: CostDetail;
}

/** Where the cost of an event comes from. */
export interface CostDetail {
  readonly source: string | null;
  /** Day of the price table that it was computed with; null if unknown. */
  readonly priceDate: string | null;
}

/** Reads the answer of `GET /v1/explore/events/{event_id}`. */
export function parseEventDetail(text: string): EventDetail {
  const root = new JsonNode(readJson(text));
  const event = root.get('event');
  if (!event) throw new Error('The service sent no event.');
  const sizes = [...(root.get('parts')?.children() ?? [])];
  return {
    event,
    omitted: new Set(root.get('omitted')?.items?.flatMap((name) => name.string ?? [])),
    isEmptied: root.get('emptied')?.source === 'true',
    bytes: sizes.reduce((sum, size) => sum + Number(size.source), 0),
    cost: { source: root.stringAt('cost_source'), priceDate: root.stringAt('price_date') },
  };
}

const noModel = ['model', 'model_name'] as const;

/** What the service's own columns would say: of an event that was opened by its id alone. */
export interface UsageDetail {
  readonly model: string | null;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly cachedTokens: number | null;
  readonly reasoningTokens: number | null;
}

const numberAt = (node: JsonNode | null, ...path: string[]): number | null => {
  const found = path.reduce<JsonNode | null>((at, key) => at?.get(key) ?? null, node);
  const value = found === null || found.string !== null ? Number.NaN : Number(found.source);
  return found === null || found.isNull || Number.isNaN(value) ? null : value;
};

const firstNumber = (...numbers: (number | null)[]): number | null =>
  numbers.find((value) => value !== null) ?? null;

/** Tokens as clients and providers report them: flat in the metadata, or as OpenAI and Anthropic name them. */
export function readUsageDetail(event: JsonNode): UsageDetail {
  const metadata = event.get('metadata');
  const usage = event.get('outputs')?.get('usage') ?? metadata?.get('usage') ?? null;
  const both = [metadata, usage];
  const pick = (...paths: string[][]) =>
    firstNumber(...paths.flatMap((path) => both.map((node) => numberAt(node, ...path))));
  return {
    model: event.get('config')?.stringAt(...noModel) ?? metadata?.stringAt('model') ?? null,
    promptTokens: pick(['prompt_tokens'], ['input_tokens']),
    completionTokens: pick(['completion_tokens'], ['output_tokens']),
    cachedTokens: pick(
      ['cached_tokens'],
      ['prompt_tokens_details', 'cached_tokens'],
      ['input_tokens_details', 'cached_tokens'],
      ['cache_read_input_tokens'],
    ),
    reasoningTokens: pick(
      ['reasoning_tokens'],
      ['completion_tokens_details', 'reasoning_tokens'],
      ['output_tokens_details', 'reasoning_tokens'],
    ),
  };
}
