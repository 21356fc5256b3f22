import { useMemo } from 'react';
import { tryReadJson } from '../json/json-reader.ts';
import { TextView } from '../text/text-view.tsx';
import { JsonTree } from './json-tree.tsx';

interface JsonSourceViewProps {
  /** JSON as text. */
  readonly source: string;
  /** What it is, for screen readers. */
  readonly label: string;
  /** About how many rows are open at first. */
  readonly openRows: number;
}

/** A piece of JSON within something else: a tree without tools; a text if it is none after all. */
export function JsonSourceView({ source, label, openRows }: JsonSourceViewProps) {
  const document = useMemo(() => tryReadJson(source), [source]);
  if (document === null) return <TextView text={source} look="code" />;
  if (!document.isContainer(0)) return <TextView text={document.stringOf(0)} look="code" />;
  return <JsonTree document={document} label={label} openRows={openRows} hasTools={false} />;
}
