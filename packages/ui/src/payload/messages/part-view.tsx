import type { MessagePart, ToolCallPart } from 'honeyhive-facts/messages';
import { payloadText } from '../../text/payload.ts';
import { MediaView } from '../media/media-view.tsx';
import { TextOrMarkdown } from '../markdown/text-or-markdown.tsx';
import { JsonSourceView } from '../tree/json-source-view.tsx';
import { TextView } from '../text/text-view.tsx';
import { useLaterResult } from './later-results.ts';
import styles from './messages.module.css';
import type { ToolPairs } from './tool-pairs.ts';
import { ToolCallView, ToolResultView } from './tool-call-view.tsx';

export interface PartViewProps {
  readonly part: MessagePart;
  readonly pairs: ToolPairs;
}

/** One part of a message. */
export function PartView({ part, pairs }: PartViewProps) {
  switch (part.kind) {
    case 'text':
      return <TextOrMarkdown text={part.text} />;
    case 'thinking':
      return <Thinking text={part.text} />;
    case 'refusal':
      return (
        <div className={styles.refusal}>
          <span className={styles.label}>{payloadText.refusal}</span>
          <TextView text={part.text} />
        </div>
      );
    case 'image':
      return <MediaView media={part.media} isImage />;
    case 'file':
      return part.media && <MediaView media={part.media} name={part.name} isImage={false} />;
    case 'tool_call':
      return <PairedCall call={part} pairs={pairs} />;
    case 'tool_result':
      // One that is paired stands with its call.
      if (pairs.callOf.has(part)) return null;
      return (
        <div className={styles.tool}>
          <ToolResultView result={part} label={payloadText.strayResult}>
            <Parts parts={part.parts} pairs={pairs} />
          </ToolResultView>
        </div>
      );
    case 'json':
      return <JsonPart label={part.label} source={part.source} />;
  }
}

const Parts = ({
  parts,
  pairs,
}: {
  readonly parts: readonly MessagePart[];
  readonly pairs: ToolPairs;
}) => parts.map((part, index) => <PartView key={index} part={part} pairs={pairs} />);

function PairedCall({ call, pairs }: { readonly call: ToolCallPart; readonly pairs: ToolPairs }) {
  const later = useLaterResult(call);
  const result = pairs.resultOf.get(call) ?? later;
  return (
    <ToolCallView call={call} result={result}>
      <Parts parts={result?.parts ?? []} pairs={pairs} />
    </ToolCallView>
  );
}

function Thinking({ text }: { readonly text: string }) {
  if (text === '') return <p className={styles.hidden}>{payloadText.thinkingHidden}</p>;
  return (
    <details className={styles.thinking}>
      <summary>{payloadText.thinking}</summary>
      <TextOrMarkdown text={text} />
    </details>
  );
}

function JsonPart({ label, source }: { readonly label: string; readonly source: string }) {
  const isAside = label === 'other fields';
  const name = isAside ? payloadText.otherFields : label;
  const tree = <JsonSourceView source={source} label={name} openRows={isAside ? 12 : 40} />;
  if (!isAside) {
    return (
      <div>
        {name !== '' && <span className={styles.label}>{name}</span>}
        {tree}
      </div>
    );
  }
  return (
    <details className={styles.thinking}>
      <summary>{name}</summary>
      {tree}
    </details>
  );
}
