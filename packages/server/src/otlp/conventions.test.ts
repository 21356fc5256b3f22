import { describe, expect, it } from 'vitest';
import { toEvent } from './span-event.ts';
import { buildSpan } from './testing/build-span.ts';
import type { SpanParts } from './testing/build-span.ts';

const map = (attributes: Readonly<Record<string, unknown>>, more: SpanParts = {}) =>
  toEvent(buildSpan({ attributes, ...more }), 'session');

describe('semantic conventions for generative AI', () => {
  it('of today: messages as JSON, a provider, hyperparameters, usage', () => {
    const event = map({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.request.temperature': 0.2,
      'gen_ai.request.stop_sequences': ['END'],
      'gen_ai.response.model': 'gpt-4o-2024-08-06',
      'gen_ai.response.finish_reasons': ['tool_calls'],
      'gen_ai.usage.input_tokens': 110,
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.cache_read.input_tokens': 100,
      'gen_ai.system_instructions': JSON.stringify([{ type: 'text', content: 'Be brief.' }]),
      'gen_ai.input.messages': JSON.stringify([
        { role: 'user', parts: [{ type: 'text', content: 'Weather in Paris?' }] },
      ]),
      'gen_ai.output.messages': JSON.stringify([
        {
          role: 'assistant',
          parts: [{ type: 'tool_call', id: 'c1', name: 'weather', arguments: { city: 'Paris' } }],
          finish_reason: 'tool_calls',
        },
      ]),
    });

    expect(event).toMatchObject({
      event_type: 'model',
      config: { model: 'gpt-4o', provider: 'openai', temperature: 0.2, stop_sequences: ['END'] },
      inputs: {
        system_instructions: [{ type: 'text', content: 'Be brief.' }],
        chat_history: [{ role: 'user', content: 'Weather in Paris?' }],
      },
      outputs: {
        role: 'assistant',
        parts: [{ type: 'tool_call', id: 'c1', name: 'weather', arguments: { city: 'Paris' } }],
      },
      metadata: {
        model_name: 'gpt-4o-2024-08-06',
        prompt_tokens: 110,
        completion_tokens: 20,
        cache_read_input_tokens: 100,
        finish_reasons: ['tool_calls'],
      },
    });
  });

  it('until 1.36: messages as events of the span', () => {
    const at = 1_760_000_000_500;
    const event = map(
      {
        'gen_ai.system': 'anthropic',
        'gen_ai.request.model': 'claude',
        'gen_ai.usage.prompt_tokens': 3,
      },
      {
        events: [
          { name: 'gen_ai.system.message', time: at, attributes: { content: 'Be brief.' } },
          { name: 'gen_ai.user.message', time: at, attributes: { content: 'Hi' } },
          {
            name: 'gen_ai.choice',
            time: at,
            attributes: { index: 0, finish_reason: 'stop', message: '{"content":"Hello"}' },
          },
        ],
      },
    );

    expect(event).toMatchObject({
      event_type: 'model',
      config: { provider: 'anthropic' },
      inputs: {
        chat_history: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Hi' },
        ],
      },
      outputs: { role: 'assistant', content: 'Hello', finish_reason: 'stop' },
      metadata: { prompt_tokens: 3, events: [{ name: 'gen_ai.system.message', time: at }, {}, {}] },
    });
  });

  it('calls of tools: arguments and result', () => {
    const event = map({
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'weather',
      'gen_ai.tool.call.id': 'c1',
      'gen_ai.tool.call.arguments': '{"city":"Paris"}',
      'gen_ai.tool.call.result': 'sunny',
    });

    expect(event).toMatchObject({
      event_type: 'tool',
      inputs: { city: 'Paris' },
      outputs: { value: 'sunny' },
      metadata: { tool_name: 'weather', tool_call_id: 'c1' },
    });
  });

  it('agents have the sum of their calls', () => {
    const event = map({
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'planner',
      'gen_ai.usage.input_tokens': 400,
    });

    expect(event['event_type']).toBe('chain');
    expect(event['metadata']).toMatchObject({
      agent_name: 'planner',
      prompt_tokens: 400,
    });
  });
});

describe('OpenLLMetry', () => {
  it('has one attribute for each field of a message', () => {
    const event = map({
      'traceloop.workflow.name': 'answer',
      'llm.request.type': 'chat',
      'gen_ai.system': 'OpenAI',
      'gen_ai.request.model': 'gpt-4o',
      'llm.usage.total_tokens': 17,
      'llm.request.functions.0.name': 'weather',
      'gen_ai.prompt.0.role': 'system',
      'gen_ai.prompt.0.content': 'Be brief.',
      'gen_ai.prompt.1.role': 'user',
      'gen_ai.prompt.1.content': '[{"type":"text","text":"Weather in Paris?"}]',
      'gen_ai.completion.0.role': 'assistant',
      'gen_ai.completion.0.finish_reason': 'tool_calls',
      'gen_ai.completion.0.tool_calls.0.id': 'c1',
      'gen_ai.completion.0.tool_calls.0.name': 'weather',
      'gen_ai.completion.0.tool_calls.0.arguments': '{"city":"Paris"}',
    });

    expect(event).toMatchObject({
      event_type: 'model',
      inputs: {
        chat_history: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: [{ type: 'text', text: 'Weather in Paris?' }] },
        ],
        tools: [{ type: 'function', function: { name: 'weather' } }],
      },
      outputs: {
        role: 'assistant',
        finish_reason: 'tool_calls',
        tool_calls: [
          {
            id: 'c1',
            type: 'function',
            function: { name: 'weather', arguments: '{"city":"Paris"}' },
          },
        ],
      },
      metadata: {
        total_tokens: 17,
        'llm.request.type': 'chat',
        'traceloop.workflow.name': 'answer',
      },
    });
  });

  it('has inputs and outputs of workflows as JSON, and the run that they are part of', () => {
    const event = map({
      'traceloop.span.kind': 'workflow',
      'traceloop.entity.input': '{"args":[],"kwargs":{"question":"why?"}}',
      'traceloop.entity.output': '"because"',
      'traceloop.association.properties.run_id': 'r1',
      'traceloop.association.properties.project': 'shop',
      'traceloop.association.properties.source': 'dev',
      'traceloop.association.properties.parent_id': 'p1',
      'traceloop.association.properties.plan': 'pro',
    });

    expect(event).toMatchObject({
      event_type: 'chain',
      project: 'shop',
      source: 'dev',
      parent_id: 'p1',
      inputs: { args: [], kwargs: { question: 'why?' } },
      outputs: { value: 'because' },
      metadata: {
        run_id: 'r1',
        'traceloop.association.properties.project': 'shop',
        'traceloop.association.properties.plan': 'pro',
      },
    });
  });
});

describe('OpenInference', () => {
  it('has messages, their parts and calls of tools below numbers', () => {
    const event = map({
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'gpt-4o',
      'llm.provider': 'azure',
      'llm.invocation_parameters': '{"temperature":0.5}',
      'llm.input_messages.0.message.role': 'user',
      'llm.input_messages.0.message.contents.0.message_content.type': 'text',
      'llm.input_messages.0.message.contents.0.message_content.text': 'What is this?',
      'llm.input_messages.0.message.contents.1.message_content.type': 'image',
      'llm.input_messages.0.message.contents.1.message_content.image.image.url': 'https://x/y.png',
      'llm.output_messages.0.message.role': 'assistant',
      'llm.output_messages.0.message.tool_calls.0.tool_call.id': 'c1',
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'look',
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{}',
      'llm.token_count.prompt': 10,
      'llm.token_count.completion': 5,
      'llm.token_count.total': 15,
      'llm.cost.total': 0.25,
      'input.value': '{"messages":[]}',
      'input.mime_type': 'application/json',
      'user.id': 'u1',
    });

    expect(event).toMatchObject({
      event_type: 'model',
      config: { model: 'gpt-4o', provider: 'azure', temperature: 0.5 },
      inputs: {
        chat_history: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'What is this?' },
              { type: 'image_url', image_url: { url: 'https://x/y.png' } },
            ],
          },
        ],
      },
      outputs: {
        role: 'assistant',
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look', arguments: '{}' } }],
      },
      metadata: {
        prompt_tokens: 10,
        completion_tokens: 5,
        total_tokens: 15,
        cost: 0.25,
        'input.value': '{"messages":[]}',
        'input.mime_type': 'application/json',
      },
      user_properties: { user_id: 'u1' },
    });
  });

  it('has documents of retrievers, and values of everything else', () => {
    const event = map({
      'openinference.span.kind': 'RETRIEVER',
      'input.value': 'orders',
      'retrieval.documents.0.document.content': 'first',
      'retrieval.documents.0.document.score': 0.5,
      'retrieval.documents.1.document.content': 'second',
    });

    expect(event).toMatchObject({
      event_type: 'tool',
      inputs: { value: 'orders' },
      outputs: {
        documents: [{ content: 'first', score: 0.5 }, { content: 'second' }],
      },
    });
  });
});

describe('the AI SDK', () => {
  it('has a step of a call as a model: messages, calls of tools, settings', () => {
    const event = map({
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.id': 'gpt-4o',
      'ai.model.provider': 'openai.chat',
      'gen_ai.system': 'openai.chat',
      'ai.settings.maxRetries': 2,
      'ai.prompt.messages': '[{"role":"user","content":[{"type":"text","text":"Weather?"}]}]',
      'ai.prompt.tools': ['{"type":"function","name":"weather"}'],
      'ai.response.text': '',
      'ai.response.toolCalls': '[{"toolCallId":"c1","toolName":"weather","input":"{}"}]',
      'ai.response.finishReason': 'tool-calls',
      'ai.usage.inputTokens': 9,
      'gen_ai.usage.input_tokens': 9,
      'ai.usage.outputTokens': 4,
      'ai.telemetry.metadata.userId': 'u1',
    });

    expect(event).toMatchObject({
      event_type: 'model',
      config: { model: 'gpt-4o', provider: 'openai.chat', maxRetries: 2 },
      inputs: {
        chat_history: [{ role: 'user', content: [{ type: 'text', text: 'Weather?' }] }],
        tools: [{ type: 'function', name: 'weather' }],
      },
      outputs: {
        role: 'assistant',
        tool_calls: [{ toolCallId: 'c1', toolName: 'weather', input: '{}' }],
      },
      metadata: {
        prompt_tokens: 9,
        completion_tokens: 4,
        finish_reason: 'tool-calls',
        'ai.usage.inputTokens': 9,
      },
      user_properties: { user_id: 'u1' },
    });
  });

  it('has the whole call as a chain', () => {
    const event = map({
      'ai.operationId': 'ai.generateText',
      'ai.prompt': '{"system":"Be brief.","prompt":"Weather?"}',
      'ai.response.text': 'Sunny.',
      'ai.usage.promptTokens': 9,
    });

    expect(event).toMatchObject({
      event_type: 'chain',
      inputs: {
        chat_history: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Weather?' },
        ],
      },
      outputs: { role: 'assistant', content: 'Sunny.' },
      metadata: { prompt_tokens: 9 },
    });
  });

  it('has calls of tools', () => {
    const event = map({
      'ai.operationId': 'ai.toolCall',
      'ai.toolCall.name': 'weather',
      'ai.toolCall.args': '{"city":"Paris"}',
      'ai.toolCall.result': '{"sky":"clear"}',
    });

    expect(event).toMatchObject({
      event_type: 'tool',
      inputs: { city: 'Paris' },
      outputs: { sky: 'clear' },
      metadata: { tool_name: 'weather' },
    });
  });
});

describe("HoneyHive's own SDKs", () => {
  it('fill the buckets themselves, and what they put there wins', () => {
    const event = map({
      honeyhive_event_type: 'model',
      honeyhive_event_name: 'answer',
      'honeyhive.project': 'shop',
      'honeyhive.source': 'dev',
      'honeyhive_inputs._params_.question': 'why?',
      'honeyhive_inputs.items.0.id': 1,
      'honeyhive_inputs.items.1.id': 2,
      honeyhive_outputs: '{"result":"because"}',
      'honeyhive_config.model': 'ours',
      'gen_ai.request.model': 'theirs',
      'honeyhive_metadata.build': 7,
      'honeyhive_metrics.score': 0.5,
      'honeyhive_feedback.rating': 4,
      'honeyhive_user_properties.plan': 'pro',
      honeyhive_user_id: 'u1',
      honeyhive_duration_ms: 12,
      'honeyhive.experiment_id': 'e1',
    });

    expect(event).toMatchObject({
      event_type: 'model',
      event_name: 'answer',
      project: 'shop',
      source: 'dev',
      duration: 1000,
      inputs: { _params_: { question: 'why?' }, items: [{ id: 1 }, { id: 2 }] },
      outputs: { result: 'because' },
      config: { model: 'ours' },
      metrics: { score: 0.5 },
      feedback: { rating: 4 },
      user_properties: { plan: 'pro', user_id: 'u1' },
      metadata: {
        build: 7,
        honeyhive_duration_ms: 12,
        'gen_ai.request.model': 'theirs',
        'honeyhive.experiment_id': 'e1',
      },
    });
  });

  it('say what went wrong, and of which kind that was', () => {
    const event = map(
      { honeyhive_error: 'no such order', honeyhive_error_type: 'KeyError' },
      { isFailed: true, statusMessage: 'something else' },
    );

    expect(event).toMatchObject({
      error: 'no such order',
      metadata: {
        error_type: 'KeyError',
        honeyhive_error_type: 'KeyError',
        status_message: 'something else',
      },
    });
  });
});
