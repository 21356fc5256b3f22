// LangSmith, with the limits that its service announces.
export const packages = ['langsmith@0.12.0'];
const info = {
  version: '0.12.0',
  batch_ingest_config: {
    use_multipart_endpoint: true,
    size_limit: 100,
    size_limit_bytes: 20_971_520,
    scale_up_qsize_trigger: 1000,
    scale_up_nthreads_limit: 16,
    scale_down_nempty_trigger: 4,
  },
  instance_flags: { gzip_body_enabled: true, dataset_examples_multipart_enabled: true },
};
export const answers = [
  { path: /^\/info$/, isIngest: false, body: JSON.stringify(info) },
  { path: /^\/runs/, status: 202 },
];

/** A time as the order of runs is written: digits only, to the microsecond. */
const toStamp = (atMs) => `${new Date(atMs).toISOString().replaceAll(/[-:.]|Z$/g, '')}000Z`;

export async function open({ url, sessionId, load }) {
  const { Client } = await load('langsmith');
  const client = new Client({ apiUrl: url, apiKey: 'bench' });
  const root = toStamp(Date.UTC(2026, 10, 22)) + sessionId;
  return {
    log: (event) =>
      client.createRun({
        id: event.event_id,
        trace_id: sessionId,
        parent_run_id: sessionId,
        dotted_order: `${root}.${toStamp(event.start_time)}${event.event_id}`,
        name: event.event_name,
        run_type: 'llm',
        project_name: 'bench',
        inputs: event.inputs,
        outputs: event.outputs,
        extra: { metadata: event.metadata },
        start_time: event.start_time,
        end_time: event.start_time + event.duration,
      }),
    flush: () => client.awaitPendingTraceBatches(),
    close: () => client.awaitPendingTraceBatches(),
  };
}
