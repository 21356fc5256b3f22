import type { StoredChange, StoredFeed } from '../ingest/stored-feed.ts';
import type { RejectionReport, Rejections } from '../live/rejections.ts';
import { maxMessageBytes } from '../store/metadata/postgres-channel.ts';
import type { ServerChannel } from '../store/metadata/postgres-channel.ts';
import { fromMessage, toMessages } from './change-messages.ts';
import type { SharedState } from './shared-state.ts';

const hourMs = 3_600_000;

/**
 * The state of this server, which also learns what other servers stored and refused, and sends them what this one did.
 * Caches of what they wrote to are evicted; all, when messages may have been lost.
 */
export function followServers(state: SharedState, channel: ServerChannel): SharedState {
  channel.listen('stored', (text) => takeChanges(state, fromMessage(text)));
  channel.listen('rejected', (text) => {
    state.rejections.report(JSON.parse(text) as RejectionReport);
  });
  channel.onGap(() => forget(state));
  return {
    ...state,
    feed: sendChanges(state.feed, channel),
    rejections: sendRejections(state.rejections, channel),
  };
}

function takeChanges(state: SharedState, changes: readonly StoredChange[]): void {
  for (const { projectId, sessionId, startTime, isDeleted } of changes) {
    state.writtenHours.mark(projectId, Math.floor(startTime / hourMs));
    state.useTrees.drop(projectId, sessionId);
    if (isDeleted) state.knownRoots.remove(sessionId);
  }
  state.feed.publish(changes);
}

function forget({ writtenHours, useTrees, knownRoots, knownMarks, feed }: SharedState): void {
  writtenHours.markAll();
  useTrees.clear();
  knownRoots.clear();
  knownMarks.clear();
  feed.publishGap();
}

const sendChanges = (feed: StoredFeed, channel: ServerChannel): StoredFeed => ({
  ...feed,
  publish(rows) {
    feed.publish(rows);
    for (const text of toMessages(rows, maxMessageBytes)) {
      if (text === null) channel.sendGap();
      else channel.send('stored', text);
    }
  },
});

/** One that is too large for a message is only seen on this server. */
const sendRejections = (rejections: Rejections, channel: ServerChannel): Rejections => ({
  ...rejections,
  report(report) {
    rejections.report(report);
    const text = JSON.stringify(report);
    if (Buffer.byteLength(text) <= maxMessageBytes) channel.send('rejected', text);
  },
});
