import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the fake provider says it used for each of its answers. */
export const usage = {
  call: { prompt_tokens: 20, completion_tokens: 6, total_tokens: 26 },
  answer: { prompt_tokens: 30, completion_tokens: 4, total_tokens: 34 },
  embedding: { prompt_tokens: 5, completion_tokens: 0, total_tokens: 5 },
} as const;

const weatherCall = {
  id: 'call_1',
  type: 'function',
  function: { name: 'weather', arguments: '{"city":"Oslo"}' },
};
const turns = {
  call: { message: { content: null, tool_calls: [weatherCall] }, finish_reason: 'tool_calls' },
  answer: { message: { content: 'It is 7 degrees.' }, finish_reason: 'stop' },
} as const;

interface Asked {
  readonly model: string;
  readonly stream?: boolean;
  /** Only in a chat. */
  readonly messages?: readonly { readonly role: string }[];
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** The answer in two chunks, and a last one with the usage. */
function sendStream(response: ServerResponse, turn: keyof typeof turns): void {
  const { message, finish_reason } = turns[turn];
  const toolCalls = 'tool_calls' in message ? message.tool_calls : undefined;
  const delta = {
    role: 'assistant',
    ...message,
    ...(toolCalls && { tool_calls: toolCalls.map((call, index) => ({ index, ...call })) }),
  };
  const chunks = [
    { choices: [{ index: 0, delta, finish_reason: null }] },
    { choices: [{ index: 0, delta: {}, finish_reason }] },
    { choices: [], usage: usage[turn] },
  ];
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const chunk of chunks) {
    const whole = { id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'gpt-4o' };
    response.write(`data: ${JSON.stringify({ ...whole, ...chunk })}\n\n`);
  }
  response.end('data: [DONE]\n\n');
}

function sendEmbedding(response: ServerResponse, model: string): void {
  const { prompt_tokens, total_tokens } = usage.embedding;
  sendJson(response, 200, {
    object: 'list',
    model,
    data: [{ object: 'embedding', index: 0, embedding: [0.5, 0.25] }],
    usage: { prompt_tokens, total_tokens },
  });
}

function answer(response: ServerResponse, { model, stream, messages }: Asked): void {
  if (model === 'gone')
    return sendJson(response, 404, { error: { message: 'There is no model gone', code: 'gone' } });
  if (messages === undefined) return sendEmbedding(response, model);
  const turn = messages.at(-1)?.role === 'tool' ? 'answer' : 'call';
  if (stream === true) return sendStream(response, turn);
  const { message, finish_reason } = turns[turn];
  return sendJson(response, 200, {
    id: 'c1',
    object: 'chat.completion',
    created: 1,
    model: 'gpt-4o',
    choices: [{ index: 0, finish_reason, message: { role: 'assistant', ...message } }],
    usage: usage[turn],
  });
}

/**
 * A provider with OpenAI's embeddings and chat completions, streamed too. A chat first calls the tool `weather`; given
 * its result, it answers. The model `gone` is missing.
 */
export async function startFakeOpenAi(): Promise<{ url: string; stop(): void }> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => answer(response, JSON.parse(body) as Asked));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
