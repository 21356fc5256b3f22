import { useMemo } from 'react';
import type { Message } from 'honeyhive-facts/messages';
import { MessageView } from '../payload/messages/message-view.tsx';
import { toPlainText } from '../payload/messages/plain-text.ts';
import { pairTools } from '../payload/messages/tool-pairs.ts';
import { useReached } from '../payload/use-reached.ts';
import { diffText } from '../text/diff.ts';
import { payloadText } from '../text/payload.ts';
import styles from './diff.module.css';
import { diffMessages, type MessageChange } from './message-diff.ts';
import { TextDiffView } from './text-diff-view.tsx';

export interface MessageDiffViewProps {
  readonly before: readonly Message[];
  readonly after: readonly Message[];
}

/** How many messages are mounted at once; as many more whenever one comes to the end of them. */
const messagesPerStep = 20;

/** What differs between two conversations, message by message; in those that changed, word by word. */
export function MessageDiffView({ before, after }: MessageDiffViewProps) {
  const changes = useMemo(() => diffMessages(before, after), [before, after]);
  const { count, end } = useReached(changes.length, messagesPerStep, changes);
  if (changes.every(({ kind }) => kind === 'same')) {
    return <p className={styles.note}>{diffText.same}</p>;
  }
  return (
    <div role="group" className={styles.diff} aria-label={diffText.messages}>
      {changes.slice(0, count).map((change, index) => (
        <Change key={index} change={change} />
      ))}
      {count < changes.length && (
        <p ref={end} className={styles.note}>
          {diffText.shown(count, changes.length)}
        </p>
      )}
    </div>
  );
}

function Change({ change }: { readonly change: MessageChange }) {
  const { kind, before, after } = change;
  const message = after ?? before;
  if (message === null) return null;
  const { role, roleName } = message;
  const speaker = role === 'other' ? roleName : payloadText.roles[role];
  return (
    <div className={styles.message} data-kind={kind}>
      <p className={styles.note}>{`${speaker}, ${diffText.kinds[kind]}`}</p>
      {kind === 'changed' && before && after ? (
        <TextDiffView before={toPlainText(before.parts)} after={toPlainText(after.parts)} />
      ) : (
        kind !== 'same' && <MessageView message={message} pairs={pairTools([message])} />
      )}
    </div>
  );
}
