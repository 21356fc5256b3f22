import { describe, expect, it, test } from 'vitest';
import { Attributes } from './attributes.ts';
import { kindKeys, kindNames, readEventType } from './event-type.ts';

const typeOf = (attributes: Readonly<Record<string, unknown>>) =>
  readEventType(new Attributes(attributes));

describe('the event type', () => {
  it.each(
    Object.entries(kindNames).flatMap(([type, names]) =>
      names.map((name) => [name, type] as const),
    ),
  )('of the kind %s is %s, wherever it is written', (name, type) => {
    expect(kindKeys.map((key) => typeOf({ [key]: name.toUpperCase() }))).toEqual(
      kindKeys.map(() => type),
    );
  });

  it.each([
    ['an embedding', { 'openinference.span.kind': 'EMBEDDING' }, 'model'],
    ['a step of an agent', { 'gen_ai.operation.name': 'agent_step' }, 'chain'],
    ['a cycle of a loop', { 'gen_ai.operation.name': 'execute_event_loop_cycle' }, 'chain'],
    ['a search', { 'gen_ai.operation.name': 'retrieval' }, 'tool'],
    ['a whole call that ranks', { 'ai.operationId': 'ai.rerank' }, 'chain'],
    ['a generation of Langfuse', { 'langfuse.observation.type': 'generation' }, 'model'],
    ['an interaction of Claude Code', { 'span.type': 'interaction' }, 'chain'],
    ['a call of a model without a kind', { 'llm.model_name': 'm' }, 'model'],
    ['anything else', { 'span.type': 'web' }, 'tool'],
  ])('of %s is right', (_what, attributes, type) => {
    expect(typeOf(attributes)).toBe(type);
  });
});

test('a kind that is not known leaves the others to decide', () => {
  expect(typeOf({ 'gen_ai.operation.name': 'new_one', 'openinference.span.kind': 'AGENT' })).toBe(
    'chain',
  );
});

test("LangSmith's own kind is more exact than its operation", () => {
  expect(typeOf({ 'gen_ai.operation.name': 'chat', 'langsmith.span.kind': 'prompt' })).toBe(
    'chain',
  );
});
