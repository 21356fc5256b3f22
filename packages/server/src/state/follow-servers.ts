import type { StoredFeed } from '../ingest/stored-feed.ts';
import type { RejectionReport, Rejections } from '../live/rejections.ts';
import { maxMessageBytes } from '../store/metadata/postgres-channel.ts';
import type { ServerChannel } from '../store/metadata/postgres-channel.ts';
import { fromMessage, toMessages } from './change-messages.ts';
import type { SharedState } from './shared-state.ts';

/**
 * The state of this server, whose streams also show what other servers stored and refused, and which sends them what
 * this one did. Caches do not rely on it: messages may be lost.
 */
export function followServers(state: SharedState, channel: ServerChannel): SharedState {
  channel.listen('stored', (text) => state.feed.publish(fromMessage(text)));
  channel.listen('rejected', (text) => {
    state.rejections.report(JSON.parse(text) as RejectionReport);
  });
  channel.onGap(() => state.feed.publishGap());
  return {
    ...state,
    feed: sendChanges(state.feed, channel),
    rejections: sendRejections(state.rejections, channel),
  };
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
