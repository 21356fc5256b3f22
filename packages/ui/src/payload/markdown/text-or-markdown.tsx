import { useMemo } from 'react';
import { looksLikeMarkdown } from '../payload-view.ts';
import { tryReadJson } from '../json/json-reader.ts';
import { looksLikeJson } from '../json/nested-json.ts';
import { JsonSourceView } from '../tree/json-source-view.tsx';
import { TextView } from '../text/text-view.tsx';
import { payloadText } from '../../text/payload.ts';
import { MarkdownView } from './markdown-view.tsx';

/** A text within a message: as what it looks like. */
export function TextOrMarkdown({ text }: { readonly text: string }) {
  const isJson = useMemo(() => looksLikeJson(text) && tryReadJson(text) !== null, [text]);
  if (isJson) {
    return <JsonSourceView source={text} label={payloadText.tree} openRows={20} />;
  }
  return looksLikeMarkdown(text) ? <MarkdownView text={text} /> : <TextView text={text} />;
}
