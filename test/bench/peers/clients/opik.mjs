// Opik.
export const packages = ['opik@2.0.40', 'zod@4.6.7'];
export const answers = [
  { path: /\/v1\/private\/(spans|traces)(\/batch)?$/, status: 204 },
  { path: /./, isIngest: false, status: 204 },
];

export async function open({ url, sessionId, load }) {
  const { Opik } = await load('opik');
  const client = new Opik({ apiKey: 'b', apiUrl: url, projectName: 'bench', workspaceName: 'b' });
  const trace = client.trace({ name: 'bench', threadId: sessionId });
  return {
    log({ event_name, start_time, duration, config, inputs, outputs, metadata }) {
      trace.span({
        name: event_name,
        type: 'llm',
        model: config.model,
        input: inputs,
        output: outputs,
        usage: { prompt_tokens: metadata.prompt_tokens, total_tokens: metadata.prompt_tokens },
        metadata,
        startTime: new Date(start_time),
        endTime: new Date(start_time + duration),
      });
    },
    flush: () => client.flush(),
    close: () => client.flush(),
  };
}
