import fc from 'fast-check';
import { byLevel } from 'honeyhive-testkit';
import { expect, test } from 'vitest';
import { kindKeys, kindNames } from './event-type.ts';
import { costRow, fieldRows, tokenRows } from './fields.ts';
import { inputNames, outputNames } from './payload.ts';
import { toEvent } from './span-event.ts';
import { buildSpan } from './testing/build-span.ts';

/** A value in which each `null` stands for a text that occurs nowhere else. */
type Shape = null | string | readonly Shape[] | { readonly [field: string]: Shape };

const fieldNames = [
  ['role', 'content', 'parts', 'message', 'document', 'tool', 'name', 'id', 'type', 'text'],
  ['finish_reason', 'tool_calls', 'function', 'arguments', 'metadata', 'model', 'system', 'prompt'],
  ['messages', 'documents', 'tools', 'chat_history', 'value', 'input', 'output', 'total', 'a.b'],
].flat();
const fieldName = fc.constantFrom(...fieldNames);

const { shape } = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    { weight: 4, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom('', 'user', 'assistant', 'text', 'tool') },
    { weight: 2, arbitrary: fc.array(tie('shape'), { maxLength: 3 }) },
    { weight: 4, arbitrary: fc.dictionary(fieldName, tie('shape'), { maxKeys: 4 }) },
  ),
}));

const prefixes = [
  ['gen_ai.prompt', 'gen_ai.completion', 'llm.input_messages', 'llm.output_messages', 'llm.tools'],
  ['llm.request.functions', 'retrieval.documents', 'reranker.input_documents'],
  ['reranker.output_documents', 'embedding.embeddings'],
].flat();
const suffixes = [
  ['role', 'content', 'message.role', 'message.content', 'finish_reason', 'beside', 'name'],
  ['message.contents.0.message_content.text', 'message.contents.2.message_content.image'],
  ['message.contents.0.message_content.type', 'message.contents.1.message_content.audio.audio.url'],
  ['message.tool_calls.1.tool_call.function.name', 'tool_calls.1.name', 'tool_calls.1.arguments'],
  ['tool_calls.0.function.name', 'document.content', 'document.metadata', 'tool.json_schema'],
  ['parameters', 'embedding.vector', 'message'],
].flat();

const known = [
  [...fieldRows, ...tokenRows, costRow].flatMap(({ from }) => from),
  [...inputNames, ...outputNames, ...kindKeys],
  ['gen_ai.input.messages', 'gen_ai.output.messages', 'pydantic_ai.all_messages', 'ai.prompt'],
  ['ai.prompt.messages', 'ai.response.text', 'ai.response.object', 'ai.response.reasoning'],
  ['ai.response.toolCalls', 'llm.invocation_parameters', 'gen_ai.request.stop', 'ai.settings.a'],
  ['langfuse.observation.model.parameters', 'langfuse.observation.usage_details'],
  ['langfuse.observation.level', 'langfuse.trace.metadata.plan', 'langfuse.environment'],
  ['langfuse.observation.completion_start_time', 'gen_ai.retrieval.documents', 'logfire.msg'],
  ['honeyhive_event_type', 'honeyhive_event_name', 'honeyhive_event_id', 'honeyhive.parent_id'],
  ['honeyhive.session_id', 'honeyhive_session_id', 'honeyhive.session_name', 'honeyhive_error'],
  ['honeyhive.session_auto_create', 'honeyhive.project', 'honeyhive_project', 'honeyhive.source'],
  ['traceloop.association.properties.session_id', 'traceloop.association.properties.parent_id'],
  ['honeyhive_inputs', 'honeyhive_inputs.content', 'honeyhive_inputs.chat_history'],
  ['honeyhive_outputs', 'honeyhive_outputs.role', 'honeyhive_outputs.content'],
  ['honeyhive_metadata', 'honeyhive_metadata.events', 'honeyhive_metadata.trace_id'],
  ['honeyhive_metadata.attributes', 'honeyhive_config.model', 'honeyhive_user_properties.user_id'],
].flat();
const taken = ['trace_id', 'attributes', 'span', 'events', 'tool_name', 'cost', 'error_type'];

const attributeName = fc.oneof(
  fc.constantFrom(...known, ...taken),
  fc
    .tuple(fc.constantFrom(...prefixes), fc.nat(3), fc.constantFrom(...suffixes))
    .map(([prefix, number, suffix]) => `${prefix}.${number}.${suffix}`),
  fc.tuple(fc.constantFrom(...prefixes), fieldName).map((names) => names.join('.')),
  fc.array(fieldName, { minLength: 1, maxLength: 4 }).map((names) => `acme.${names.join('.')}`),
);

const kinds = fc.constantFrom(...Object.values(kindNames).flat());

/** An attribute holds a text, a list or an object, or any of them as JSON text. */
const attributes = fc.dictionary(
  attributeName,
  fc.record({ value: shape, isText: fc.boolean() }, { requiredKeys: ['value', 'isText'] }),
  { maxKeys: 12 },
);

const eventName = fc.constantFrom(
  ...['gen_ai.user.message', 'gen_ai.tool.message', 'gen_ai.choice', 'gen_ai.content.prompt'],
  ...['gen_ai.client.inference.operation.details', 'exception', 'gen_ai.evaluation.result'],
);
const ofEvents = fc.dictionary(
  fc.oneof(
    fieldName,
    fc.constantFrom('gen_ai.prompt', 'gen_ai.input.messages', 'gen_ai.tool.call.arguments'),
    fc.constantFrom('exception.type', 'exception.message', 'gen_ai.evaluation.name'),
  ),
  fc.record({ value: shape, isText: fc.boolean() }),
  { maxKeys: 4 },
);

const isList = (shape: Shape): shape is readonly Shape[] => Array.isArray(shape);

/** Gives out texts that occur once. */
class Marks {
  readonly given: string[] = [];

  next(): string {
    const mark = `<${this.given.length}>`;
    this.given.push(mark);
    return mark;
  }

  fill(value: Shape): unknown {
    if (value === null) return this.next();
    if (typeof value === 'string') return value;
    if (isList(value)) return value.map((each) => this.fill(each));
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.fill(each)]));
  }

  fillAll(of: Readonly<Record<string, { value: Shape; isText: boolean }>>) {
    return Object.fromEntries(
      Object.entries(of).map(([key, { value, isText }]) => {
        const filled = this.fill(value);
        return [key, isText && typeof filled === 'object' ? JSON.stringify(filled) : filled];
      }),
    );
  }
}

test('every text of a span is found again in its event', () => {
  fc.assert(
    fc.property(
      attributes,
      fc.array(fc.tuple(eventName, ofEvents), { maxLength: 3 }),
      fc.option(kinds),
      fc.boolean(),
      (ofSpan, ofItsEvents, kind, isFailed) => {
        const marks = new Marks();
        const span = buildSpan({
          name: marks.next(),
          attributes: {
            ...marks.fillAll(ofSpan),
            ...(kind === null ? {} : { 'gen_ai.operation.name': kind }),
          },
          events: ofItsEvents.map(([name, of]) => ({
            name,
            time: null,
            attributes: marks.fillAll(of),
          })),
          resource: { 'service.name': marks.next() },
          scope: { name: marks.next() },
          links: [{ trace_id: marks.next() }],
          isFailed,
          statusMessage: marks.next(),
        });
        const before = JSON.stringify(span);

        const text = JSON.stringify(toEvent(span, 'session'));

        expect(marks.given.filter((mark) => before.includes(mark) && !text.includes(mark))).toEqual(
          [],
        );
        expect(JSON.stringify(span)).toBe(before);
      },
    ),
    { numRuns: byLevel({ short: 2_000, full: 50_000 }) },
  );
}, 600_000);
