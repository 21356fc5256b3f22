// PostHog, with its events for model calls.
export const packages = ['posthog-node@5.70.0'];
export const answers = [
  { path: /^\/(batch|i|e|capture)(\/|$)/, body: '{"status":1}' },
  { path: /./, isIngest: false },
];

export async function open({ url, sessionId, load }) {
  const { PostHog } = await load('posthog-node');
  const client = new PostHog('bench', { host: url });
  return {
    log({ event_id, start_time, duration, config, inputs, outputs, metadata }) {
      client.capture({
        distinctId: 'bench',
        event: '$ai_generation',
        timestamp: new Date(start_time),
        properties: {
          $ai_trace_id: sessionId,
          $ai_span_id: event_id,
          $ai_model: config.model,
          $ai_input: inputs,
          $ai_output_choices: outputs,
          $ai_input_tokens: metadata.prompt_tokens,
          $ai_output_tokens: metadata.completion_tokens,
          $ai_latency: duration / 1000,
          ...metadata,
        },
      });
    },
    flush: () => client.flush(),
    close: () => client.shutdown(),
  };
}
