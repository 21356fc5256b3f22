import { useMemo } from 'react';
import { looksLikeMarkdown } from '../payload-view.ts';
import { isJson } from '../json/nested-json.ts';
import { JsonSourceView } from '../tree/json-source-view.tsx';
import { TextView } from '../text/text-view.tsx';
import { payloadText } from '../../text/payload.ts';
import { MarkdownView } from './markdown-view.tsx';

/** A text within a message: as what it looks like. */
export function TextOrMarkdown({ text }: { readonly text: string }) {
  const isTree = useMemo(() => isJson(text), [text]);
  if (isTree) {
    return <JsonSourceView source={text} label={payloadText.tree} openRows={20} />;
  }
  return looksLikeMarkdown(text) ? <MarkdownView text={text} /> : <TextView text={text} />;
}
