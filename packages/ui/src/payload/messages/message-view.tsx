import { Bot, CircleHelp, Settings2, UserRound, Wrench } from 'lucide-react';
import { memo } from 'react';
import type { ReactNode } from 'react';
import type { Message, Role } from 'honeyhive-facts/messages';
import { CopyButton } from '../../kit/copy-button.tsx';
import { payloadText } from '../../text/payload.ts';
import { Foldable } from './foldable.tsx';
import { PartView } from './part-view.tsx';
import styles from './messages.module.css';
import { toPlainText } from './plain-text.ts';
import type { ToolPairs } from './tool-pairs.ts';

const icons: Readonly<Record<Role, ReactNode>> = {
  system: <Settings2 />,
  user: <UserRound />,
  assistant: <Bot />,
  tool: <Wrench />,
  other: <CircleHelp />,
};

export interface MessageViewProps {
  readonly message: Message;
  /** Which results belong to which calls. */
  readonly pairs: ToolPairs;
  /** After the role, at the end of its line. */
  readonly aside?: ReactNode;
}

/** One message: who speaks, and what they say. Who speaks stays in sight while one reads. */
export const MessageView = memo(function MessageView({ message, pairs, aside }: MessageViewProps) {
  const { role, roleName, name, choice, finishReason } = message;
  const isKnown = role !== 'other';
  const parts = message.parts.map((part, index) => (
    <PartView key={index} part={part} pairs={pairs} />
  ));
  return (
    <article className={styles.message} data-role={role}>
      <header className={styles.header}>
        <span className={styles.icon} aria-hidden>
          {icons[role]}
        </span>
        <h4 className={styles.role}>{isKnown ? payloadText.roles[role] : roleName}</h4>
        {name !== null && <span className={styles.name}>{name}</span>}
        {choice && (
          <span className={styles.name}>{payloadText.choice(choice.number, choice.count)}</span>
        )}
        <span className={styles.space} />
        {aside}
        <span className={styles.copy}>
          <CopyButton label={payloadText.copyMessage} text={() => toPlainText(message.parts)} />
        </span>
      </header>
      <div className={styles.body}>
        {message.parts.length === 0 && <p className={styles.empty}>{payloadText.empty}</p>}
        {role === 'system' ? <Foldable text={toPlainText(message.parts)}>{parts}</Foldable> : parts}
        {finishReason !== undefined && (
          <p className={styles.finish}>{payloadText.finishReason(finishReason)}</p>
        )}
      </div>
    </article>
  );
});
