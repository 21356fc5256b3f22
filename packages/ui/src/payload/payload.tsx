import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { readMessages } from 'honeyhive-facts/messages';
import type { MessageList } from 'honeyhive-facts/messages';
import { CopyButton } from '../kit/copy-button.tsx';
import { payloadText } from '../text/payload.ts';
import { JsonNode } from './json/json-node.ts';
import type { JsonDocument } from './json/json-document.ts';
import type { JsonPath } from './json/json-path.ts';
import { readJson } from './json/json-reader.ts';
import { useJsonDocument } from './json/use-json-document.ts';
import { MarkdownView } from './markdown/markdown-view.tsx';
import { MessagesView } from './messages/messages-view.tsx';
import { chooseView, viewsOf, type PayloadView } from './payload-view.ts';
import styles from './payload.module.css';
import { Reading } from './reading.tsx';
import { TextView } from './text/text-view.tsx';
import { JsonTree } from './tree/json-tree.tsx';
import { useViewChoice } from './view-choice.ts';
import { ViewSwitch } from './view-switch.tsx';

export interface PayloadProps {
  /** Heading, and name for screen readers. */
  readonly label: string;
  /** Key under which the choice of a view is stored: `inputs`. */
  readonly field: string;
  /** The payload: JSON as text, whole. */
  readonly source: string;
  /** Who says content without a role; null: nobody. Default null. */
  readonly answerRole?: string | null;
  /** Where the payload is in its event, for paths. */
  readonly basePath?: JsonPath;
  /** After the heading: buttons. */
  readonly tools?: ReactNode;
}

/** A payload, as the conversation, the JSON or the text that it is, or as it was stored. */
export function Payload(props: PayloadProps) {
  const { label, source, tools } = props;
  const reading = useJsonDocument(source);
  if (reading.kind === 'ready') return <ReadPayload {...props} document={reading.document} />;
  return (
    <Frame label={label} tools={<Tools source={source}>{tools}</Tools>}>
      {reading.kind === 'reading' ? (
        <Reading percent={reading.percent} label={payloadText.reading(reading.percent)} />
      ) : (
        <>
          <p className={styles.note}>{payloadText.unreadable(reading.message)}</p>
          <TextView text={source} look="code" />
        </>
      )}
    </Frame>
  );
}

function ReadPayload({
  label,
  field,
  source,
  answerRole = null,
  basePath = [field],
  tools,
  document,
}: PayloadProps & { readonly document: JsonDocument }) {
  const { root, path } = useMemo(() => unwrapValue(document, basePath), [document, basePath]);
  const messages = useMemo(() => readMessages(root, { answerRole }), [root, answerRole]);
  const [saved, save] = useViewChoice(field);
  const views = useMemo(() => viewsOf(root, messages), [root, messages]);
  const view = chooseView(views, saved);
  const isEmpty = root.isNull || ((root.isObject || root.isArray) && root.count === 0);
  return (
    <Frame
      label={label}
      tools={
        <Tools source={source}>
          {!isEmpty && (
            <ViewSwitch
              label={payloadText.view(label)}
              views={views}
              current={view}
              onChange={save}
            />
          )}
          {tools}
        </Tools>
      }
    >
      {isEmpty ? (
        <p className={styles.note}>{payloadText.empty}</p>
      ) : (
        <Shown view={view} root={root} messages={messages} source={source} path={path} />
      )}
    </Frame>
  );
}

/** The service keeps what is no object as `{value}`. */
function unwrapValue(
  document: JsonDocument,
  basePath: JsonPath,
): { root: JsonNode; path: JsonPath } {
  const root = new JsonNode(document);
  const value = root.count === 1 ? root.get('value') : null;
  if (!value) return { root, path: basePath };
  return { root: new JsonNode(readJson(value.source)), path: [...basePath, 'value'] };
}

interface ShownProps {
  readonly view: PayloadView;
  readonly root: JsonNode;
  readonly messages: MessageList | null;
  readonly source: string;
  readonly path: JsonPath;
}

function Shown({ view, root, messages, source, path }: ShownProps) {
  switch (view) {
    case 'messages':
      return messages && <MessagesView list={messages} />;
    case 'markdown':
      return <MarkdownView text={root.string ?? source} />;
    case 'text':
      return <TextView text={root.string ?? source} />;
    case 'json':
      return <JsonTree document={root.document} basePath={path} />;
    case 'raw':
      return <TextView text={source} look="code" />;
  }
}

function Tools({ source, children }: { readonly source: string; readonly children: ReactNode }) {
  return (
    <>
      {children}
      <CopyButton text={source} label={payloadText.copyAll} />
    </>
  );
}

interface FrameProps {
  readonly label: string;
  readonly tools: ReactNode;
  readonly children: ReactNode;
}

/** A payload with its heading, which stays in sight. */
export function Frame({ label, tools, children }: FrameProps) {
  return (
    <section className={styles.payload} aria-label={label}>
      <header className={styles.header}>
        <h3 className={styles.label}>{label}</h3>
        <span className={styles.space} />
        {tools}
      </header>
      <div className={styles.body}>{children}</div>
    </section>
  );
}
