import type { SampleModel, SampleRecorder } from './sample-recorder.ts';
import { answers, documents, questions, systemPrompt } from './sample-texts.ts';

/** What a session was about, for its root. */
export interface Outcome {
  readonly name: string;
  readonly question: string;
  readonly answer: string;
  readonly error?: string;
}

/** Records the steps of one session. */
export type Scenario = (recorder: SampleRecorder) => Outcome;

const timeout = 'TimeoutError: the search index did not answer within 5,000 ms';
const overloaded = 'RateLimitError: 429 Too Many Requests: try again in 12 s';

/** Errors come now and then, and mostly while there is trouble. */
const fails = ({ random, isTroubled }: SampleRecorder, share: number): boolean =>
  random.chance(isTroubled ? Math.min(0.9, share * 12) : share);

/** A conversation of a few turns in the shape of OpenAI's chat completions; each turn sends all before it again. */
const chat: Scenario = (recorder) => {
  const { random } = recorder;
  const model: SampleModel = random.pick(['gpt-5', 'gpt-5-mini', 'gpt-5-mini']);
  const messages: { role: string; content: string }[] = [{ role: 'system', content: systemPrompt }];
  const [question, answer] = [random.pick(questions), random.pick(answers)];
  const turns = random.between(1, 5);
  for (let turn = 0; turn < turns; turn += 1) {
    messages.push({ role: 'user', content: turn === 0 ? question : random.pick(questions) });
    const content = turn === 0 ? answer : random.pick(answers);
    const message = { role: 'assistant', content };
    const isLost = fails(recorder, 0.02);
    recorder.model(model, 'openai', {
      name: 'chat',
      ms: 900 + content.length * 4,
      inputs: { messages: [...messages] },
      ...(isLost
        ? { error: overloaded }
        : { outputs: { choices: [{ index: 0, finish_reason: 'stop', message }] } }),
    });
    if (isLost) return { name: 'support chat', question, answer: '', error: overloaded };
    messages.push(message);
    recorder.wait(random.between(4_000, 40_000));
  }
  return { name: 'support chat', question, answer };
};

/** Retrieval before an answer in the shape of Anthropic's messages, with thinking. */
const rag: Scenario = (recorder) => {
  const { random } = recorder;
  const [question, answer] = [random.pick(questions), random.pick(answers)];
  const isDown = fails(recorder, 0.03);
  recorder.chain(
    { name: 'answer from the handbook', inputs: { question }, outputs: { answer } },
    () => {
      recorder.tool({
        name: 'embed',
        ms: 40,
        inputs: { text: question },
        outputs: { dimensions: 1_536 },
      });
      recorder.tool({
        name: 'search_docs',
        ms: 160,
        inputs: { query: question, top_k: 5 },
        ...(isDown
          ? { error: timeout }
          : {
              outputs: {
                documents: documents.map((text, rank) => ({
                  rank,
                  score: Number((0.93 - rank * 0.07).toFixed(2)),
                  text,
                })),
              },
            }),
      });
      recorder.tool({
        name: 'rerank',
        ms: 60,
        inputs: { count: documents.length },
        outputs: { kept: 3 },
      });
      recorder.model('claude-sonnet-4-5', 'anthropic', {
        name: 'answer',
        ms: 2_400,
        inputs: {
          system: systemPrompt,
          max_tokens: 1_024,
          messages: [
            {
              role: 'user',
              content: [
                {
                  type: 'text',
                  text: `${documents.slice(0, 3).join('\n\n')}\n\nQuestion: ${question}`,
                },
              ],
            },
          ],
        },
        outputs: {
          role: 'assistant',
          stop_reason: 'end_turn',
          content: [
            {
              type: 'thinking',
              thinking:
                'The handbook has a section on this. I will quote its rule and keep it short.',
            },
            { type: 'text', text: answer },
          ],
        },
      });
    },
  );
  return { name: 'handbook answer', question, answer };
};

/** An agent that calls tools until it knows enough: OpenAI's responses, or the Vercel AI SDK. */
const agent: Scenario = (recorder) => {
  const { random } = recorder;
  const isVercel = random.chance(0.5);
  const [question, answer] = [random.pick(questions), random.pick(answers)];
  const rounds = random.between(2, 6);
  let error: string | undefined;
  recorder.chain({ name: 'agent', inputs: { goal: question }, outputs: { answer } }, () => {
    const history: unknown[] = [{ role: 'user', content: question }];
    for (let round = 0; round < rounds && error === undefined; round += 1) {
      const isLast = round === rounds - 1;
      const call = {
        id: `call_${round}`,
        name: random.pick(['find_order', 'search_docs', 'create_refund', 'escalate']),
        args: { order: random.between(1_000, 9_999), reason: 'customer asks' },
      };
      recorder.model(isVercel ? 'gpt-5-mini' : 'gpt-5', isVercel ? 'vercel' : 'openai', {
        name: 'plan',
        ms: 1_300,
        inputs: isVercel
          ? { system: systemPrompt, messages: [...history] }
          : { instructions: systemPrompt, input: [...history] },
        outputs: planned({ isVercel, isLast, call, answer }),
      });
      if (isLast) return;
      const isLost = fails(recorder, 0.05);
      recorder.tool({
        name: call.name,
        ms: 220,
        inputs: call.args,
        ...(isLost
          ? { error: `HTTPError: 502 from the service of orders (order ${call.args.order})` }
          : {
              outputs: {
                status: 'ok',
                items: [{ sku: `PL-${random.between(100, 999)}`, price: 19.9 }],
              },
            }),
      });
      if (isLost && random.chance(0.4)) error = 'the agent stopped after a tool had failed';
      history.push(...observed({ isVercel, isLost, call }));
    }
  });
  return {
    name: 'order agent',
    question,
    answer: error === undefined ? answer : '',
    ...(error === undefined ? {} : { error }),
  };
};

interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

function planned({
  isVercel,
  isLast,
  call,
  answer,
}: {
  isVercel: boolean;
  isLast: boolean;
  call: ToolCall;
  answer: string;
}): Record<string, unknown> {
  const text = isLast ? answer : '';
  if (isVercel) {
    return {
      text,
      finishReason: isLast ? 'stop' : 'tool-calls',
      toolCalls: isLast ? [] : [{ toolCallId: call.id, toolName: call.name, args: call.args }],
    };
  }
  const reasoning = {
    type: 'reasoning',
    summary: [{ type: 'summary_text', text: 'Look the order up before promising anything.' }],
  };
  const item = isLast
    ? { type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }
    : {
        type: 'function_call',
        call_id: call.id,
        name: call.name,
        arguments: JSON.stringify(call.args),
      };
  return { output: [reasoning, item] };
}

function observed({
  isVercel,
  isLost,
  call,
}: {
  isVercel: boolean;
  isLost: boolean;
  call: ToolCall;
}): unknown[] {
  const result = isLost ? { error: '502' } : { status: 'ok' };
  if (isVercel) {
    return [
      {
        role: 'assistant',
        content: [{ type: 'tool-call', toolCallId: call.id, toolName: call.name, args: call.args }],
      },
      {
        role: 'tool',
        content: [{ type: 'tool-result', toolCallId: call.id, toolName: call.name, result }],
      },
    ];
  }
  return [
    {
      type: 'function_call',
      call_id: call.id,
      name: call.name,
      arguments: JSON.stringify(call.args),
    },
    { type: 'function_call_output', call_id: call.id, output: JSON.stringify(result) },
  ];
}

/** A picture and a question in the shape of Gemini. */
const picture: Scenario = (recorder) => {
  const { random } = recorder;
  const [question, answer] = ['What is wrong with this plant?', random.pick(answers)];
  const pixel =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  recorder.model('gemini-2.5-flash', 'google', {
    name: 'look at the picture',
    ms: 1_800,
    inputs: {
      contents: [
        {
          role: 'user',
          parts: [{ text: question }, { inlineData: { mimeType: 'image/png', data: pixel } }],
        },
      ],
    },
    outputs: {
      candidates: [{ finishReason: 'STOP', content: { role: 'model', parts: [{ text: answer }] } }],
    },
  });
  return { name: 'plant doctor', question, answer };
};

/** A chain of LangChain, with its serialised messages. */
const langchain: Scenario = (recorder) => {
  const { random } = recorder;
  const [question, answer] = [random.pick(questions), random.pick(answers)];
  const message = (kind: string, content: string) => ({
    lc: 1,
    type: 'constructor',
    id: ['langchain_core', 'messages', kind],
    kwargs: { content },
  });
  recorder.chain(
    { name: 'RunnableSequence', inputs: { input: question }, outputs: { output: answer } },
    () => {
      recorder.tool({
        name: 'ChatPromptTemplate',
        ms: 2,
        inputs: { input: question },
        outputs: { messages: 2 },
      });
      recorder.model('gpt-5-mini', 'openai', {
        name: 'ChatOpenAI',
        ms: 1_100,
        inputs: {
          messages: [[message('SystemMessage', systemPrompt), message('HumanMessage', question)]],
        },
        outputs: { generations: [[{ text: answer, message: message('AIMessage', answer) }]] },
      });
      recorder.tool({
        name: 'StrOutputParser',
        ms: 1,
        inputs: { input: answer },
        outputs: { output: answer },
      });
    },
  );
  return { name: 'classify and answer', question, answer };
};

/** A nightly run over thousands of tickets: more than 2,000 events. */
const nightly: Scenario = (recorder) => {
  const { random } = recorder;
  const question = 'Close every ticket that has had no answer for a week.';
  const count = random.between(520, 640);
  for (let ticket = 0; ticket < count; ticket += 1) {
    const text = random.pick(questions);
    recorder.chain(
      { name: `ticket ${ticket}`, inputs: { ticket }, outputs: { closed: true } },
      () => {
        const isLost = fails(recorder, 0.01);
        recorder.tool({
          name: 'read_ticket',
          ms: 8,
          inputs: { ticket },
          ...(isLost ? { error: 'NotFound: the ticket was deleted' } : { outputs: { text } }),
        });
        recorder.model('gpt-5-mini', 'openai', {
          name: 'classify',
          ms: 90,
          inputs: { messages: [{ role: 'user', content: text }] },
          outputs: {
            choices: [
              {
                message: { role: 'assistant', content: random.pick(['close', 'keep', 'escalate']) },
              },
            ],
          },
        });
        recorder.tool({
          name: 'write_ticket',
          ms: 9,
          inputs: { ticket, state: 'closed' },
          outputs: { ok: true },
        });
      },
    );
  }
  return { name: 'nightly clean-up', question, answer: `${count} tickets closed.` };
};

/** A crawl whose results are large: a page of about 1 MB and a file of base64. */
const large: Scenario = (recorder) => {
  const { random } = recorder;
  const question = 'Import the catalogue of the nursery.';
  const products = Array.from({ length: 4_000 }, (_each, index) => ({
    sku: `PL-${index}`,
    name: random.pick(['Fern', 'Monstera', 'ZZ plant', 'Cactus', 'Calathea']),
    price: random.between(300, 9_900) / 100,
    text: random.pick(documents),
  }));
  recorder.tool({
    name: 'fetch_catalogue',
    ms: 2_500,
    inputs: { url: 'https://nursery.example/catalogue.json' },
    outputs: { products },
  });
  recorder.tool({
    name: 'read_file',
    ms: 300,
    inputs: { file: 'plants.png' },
    outputs: { data: `data:image/png;base64,${'iVBORw0KGgo1'.repeat(20_000)}` },
  });
  const answer = `${products.length} products imported.`;
  recorder.model('claude-sonnet-4-5', 'anthropic', {
    name: 'summarise',
    ms: 6_000,
    inputs: { messages: [{ role: 'user', content: JSON.stringify(products.slice(0, 800)) }] },
    outputs: { content: [{ type: 'text', text: answer }] },
  });
  return { name: 'catalogue import', question, answer };
};

/** Which session comes how often: the first of every so many of a kind that is rare, else by chance. */
export function chooseScenario(index: number, { random }: SampleRecorder): Scenario {
  if (index % 100 === 3) return nightly;
  if (index % 100 === 7) return large;
  return random.pick([chat, chat, chat, rag, rag, agent, agent, picture, langchain]);
}
