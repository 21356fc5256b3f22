import { useMemo } from 'react';
import type { MessageList } from 'honeyhive-facts/messages';
import { payloadText } from '../../text/payload.ts';
import { JsonSourceView } from '../tree/json-source-view.tsx';
import { useReached } from '../use-reached.ts';
import { MessageView } from './message-view.tsx';
import styles from './messages.module.css';
import { isShownWithCalls, pairTools } from './tool-pairs.ts';

/** How many messages are mounted at once; as many more whenever one comes to the end of them. */
const messagesPerStep = 40;

/** The conversation in a payload, and all other fields. */
export function MessagesView({ list }: { readonly list: MessageList }) {
  const { messages, rest } = list;
  const pairs = useMemo(() => pairTools(messages), [messages]);
  const visible = useMemo(
    () => messages.filter((message) => !isShownWithCalls(message, pairs)),
    [messages, pairs],
  );
  const { count, end } = useReached(visible.length, messagesPerStep, visible);
  return (
    <div className={styles.messages}>
      {visible.slice(0, count).map((message, index) => (
        <MessageView key={index} message={message} pairs={pairs} />
      ))}
      {count < visible.length && (
        <p ref={end} className={styles.more}>
          {payloadText.messagesShown(count, visible.length)}
        </p>
      )}
      {rest !== null && (
        <section className={styles.rest}>
          <h4 className={styles.label}>{payloadText.beside}</h4>
          <JsonSourceView source={rest} label={payloadText.beside} openRows={1} />
        </section>
      )}
    </div>
  );
}
