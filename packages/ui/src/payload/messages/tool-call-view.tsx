import { CircleX, Wrench } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ToolCallPart, ToolResultPart } from 'honeyhive-facts/messages';
import { CopyButton } from '../../kit/copy-button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { payloadText } from '../../text/payload.ts';
import { TextView } from '../text/text-view.tsx';
import { JsonSourceView } from '../tree/json-source-view.tsx';
import styles from './messages.module.css';

interface ToolCallViewProps {
  readonly call: ToolCallPart;
  /** The result; undefined if missing. */
  readonly result: ToolResultPart | undefined;
  /** The parts of the result. */
  readonly children: ReactNode;
}

/** A tool call and its result. */
export function ToolCallView({ call, result, children }: ToolCallViewProps) {
  return (
    <div className={styles.tool}>
      <div className={styles.toolBar}>
        <Wrench aria-hidden />
        <strong className={styles.toolName}>{call.name}</strong>
        <span className={styles.space} />
        {call.callId !== null && (
          <>
            <code className={styles.callId}>{call.callId}</code>
            <CopyButton text={call.callId} />
          </>
        )}
      </div>
      <Input input={call.input} />
      {result ? (
        <ToolResultView result={result} label={payloadText.result}>
          {children}
        </ToolResultView>
      ) : (
        <p className={styles.hidden}>{payloadText.noResult}</p>
      )}
    </div>
  );
}

function Input({ input }: { readonly input: ToolCallPart['input'] }) {
  if (input === null) return <p className={styles.hidden}>{payloadText.noArguments}</p>;
  return (
    <div className={styles.toolPart}>
      {'json' in input ? (
        <JsonSourceView source={input.json} label={payloadText.arguments} openRows={20} />
      ) : (
        <TextView text={input.text} look="code" />
      )}
    </div>
  );
}

interface ToolResultViewProps {
  readonly result: ToolResultPart;
  readonly label: string;
  /** Its parts. */
  readonly children: ReactNode;
}

/** What a tool gave back. */
export function ToolResultView({ result, label, children }: ToolResultViewProps) {
  const { isError, parts } = result;
  return (
    <div className={classNames(styles.toolPart, styles.result, isError && styles.failed)}>
      <span className={styles.label}>
        {isError && <CircleX aria-hidden />}
        {isError ? payloadText.errorResult : label}
      </span>
      {parts.length === 0 ? <p className={styles.hidden}>{payloadText.empty}</p> : children}
    </div>
  );
}
