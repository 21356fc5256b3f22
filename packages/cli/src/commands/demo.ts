import type { HoneyHive } from 'honeyhive';
import { callService } from '../api-client.ts';
import type { CommandInput, RunCommand } from '../command.ts';
import { sendBatch } from '../demo/batch-sender.ts';
import type { SentBatch } from '../demo/batch-sender.ts';
import { sendConversation } from '../demo/conversation-sender.ts';
import type { SentSession } from '../demo/conversation-sender.ts';
import { openDemoService } from '../demo/demo-service.ts';
import { sendSamples } from '../demo/sample-sender.ts';
import { findDifferences } from '../demo/differences.ts';
import { exitCodes } from '../exit-codes.ts';
import { readCount } from '../count-flag.ts';
import { Failure } from '../failure.ts';
import { countOf, formatCount, formatDuration } from '../output/figures.ts';
import { formatJson } from '../output/json.ts';
import { withProgress } from '../output/progress.ts';
import { formatSessionTree } from '../output/session-tree.ts';
import type { Terminal } from '../output/terminal.ts';
import { toSessionNode } from '../session-node.ts';

const maxCount = 100_000;
const maxShownDifferences = 10;

interface Outcome {
  readonly conversation: SentSession;
  readonly tree: string;
  readonly batch: SentBatch;
  readonly differences: readonly string[];
}

/** Reads a session back, event by event, and compares it with what was sent. */
async function verify(
  client: HoneyHive,
  { sessionId, events }: SentSession,
  hasRoot: boolean,
): Promise<readonly string[]> {
  const read = [];
  for await (const event of client.listEvents({ session_id: sessionId, limit: 1000 })) {
    if (hasRoot || event.event_id !== sessionId) read.push(event);
  }
  const { event_count: counted } = await client.getSession(sessionId);
  const expected = events.length - (hasRoot ? 1 : 0);
  const miscount =
    counted === expected
      ? []
      : [`session ${sessionId} says that it has ${counted} events, not ${expected}`];
  return [...findDifferences(events, read), ...miscount];
}

async function show(client: HoneyHive, count: number, terminal: Terminal): Promise<Outcome> {
  const conversation = await withProgress(terminal, 'sending the conversation', () =>
    sendConversation(client, Date.now()),
  );
  const batch = await withProgress(terminal, 'storing the batch', (report) =>
    sendBatch(client, count, {
      now: Date.now(),
      onStored: (stored) => report(`${formatCount(stored)} of ${formatCount(count)} events`),
    }),
  );
  const differences = await withProgress(terminal, 'reading everything back', async () => [
    ...(await verify(client, conversation, true)),
    ...(await verify(client, batch, false)),
  ]);
  const { data } = await client.request(
    'GET',
    `/v1/sessions/${encodeURIComponent(conversation.sessionId)}`,
  );
  const tree = formatSessionTree(toSessionNode(data), terminal.columns);
  return { conversation, tree, batch, differences };
}

const perSecond = ({ events, elapsedMs }: SentBatch) =>
  Math.round(events.length / (elapsedMs / 1000));

function toText({ conversation, tree, batch, differences }: Outcome, isLasting: boolean): string {
  const sent = conversation.events.length + batch.events.length;
  const verdict =
    differences.length === 0
      ? `Read back: all ${formatCount(sent)} events, the root of the conversation among them, as they were sent.`
      : `Read back: ${countOf(differences.length, 'difference')}.`;
  return [
    tree,
    `Stored ${countOf(batch.events.length, 'event')} in ${countOf(batch.requests, 'request')} in ${formatDuration(batch.elapsedMs)}: ${formatCount(perSecond(batch))} events per second, each acknowledged as stored.`,
    verdict,
    ...(isLasting ? ['', `Look again: honeyhive sessions show ${conversation.sessionId}`] : []),
    '',
  ].join('\n');
}

function toJson({ conversation, batch, differences }: Outcome) {
  return {
    session_id: conversation.sessionId,
    conversation_events: conversation.events.length - 1,
    batch_session_id: batch.sessionId,
    batch_events: batch.events.length,
    batch_ms: Math.round(batch.elapsedMs),
    events_per_second: perSecond(batch),
    differences,
  };
}

/** Fills a project with made-up sessions; nothing is read back. */
async function fill(input: CommandInput, terminal: Terminal, sessions: string): Promise<number> {
  const { '--project': project, '--seed': seed } = input.flags;
  const count = readCount('--sessions', sessions, maxCount);
  const service = await openDemoService(terminal, input.flags['--data-dir']);
  try {
    const sent = await callService(service, (client) =>
      withProgress(terminal, `storing ${countOf(count, 'session')}`, (report) =>
        sendSamples(client, {
          count,
          now: Date.now(),
          ...(seed === undefined ? {} : { seed }),
          ...(project === undefined ? {} : { project }),
          onStored: (events) => report(countOf(events, 'event')),
        }),
      ),
    );
    const { events, elapsedMs } = sent;
    terminal.write(
      '--json' in input.flags
        ? formatJson({ sessions: count, events, elapsed_ms: Math.round(elapsedMs) })
        : `Stored ${countOf(count, 'session')} with ${countOf(events, 'event')} in ${formatDuration(elapsedMs)} at ${service.url}.\n`,
    );
    return exitCodes.ok.code;
  } finally {
    await withProgress(terminal, 'stopping the service', () => service.close());
  }
}

export const run: RunCommand = async (input, terminal) => {
  const { '--sessions': sessions, '--events': events = '1000' } = input.flags;
  return sessions === undefined
    ? demonstrate(input, terminal, readCount('--events', events, maxCount))
    : fill(input, terminal, sessions);
};

async function demonstrate(
  input: CommandInput,
  terminal: Terminal,
  count: number,
): Promise<number> {
  const service = await openDemoService(terminal, input.flags['--data-dir']);
  try {
    if (!('--json' in input.flags)) terminal.write(`Service: ${service.url}\n\n`);
    const outcome = await callService(service, (client) => show(client, count, terminal));
    const { differences } = outcome;
    terminal.write(
      '--json' in input.flags ? formatJson(toJson(outcome)) : toText(outcome, service.isLasting),
    );
    if (differences.length === 0) return exitCodes.ok.code;
    throw new Failure(
      [
        'not everything came back as it was sent:',
        ...differences.slice(0, maxShownDifferences),
      ].join('\n  '),
    );
  } finally {
    await withProgress(terminal, 'stopping the service', () => service.close());
  }
}
