import { useJsonDocument } from '../json/use-json-document.ts';
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

/**
 * A piece of JSON within something else: a tree without tools; a text while a long one is read, and if it is not JSON.
 */
export function JsonSourceView({ source, label, openRows }: JsonSourceViewProps) {
  const reading = useJsonDocument(source);
  if (reading.kind !== 'ready') return <TextView text={source} look="code" />;
  const { document } = reading;
  if (!document.isContainer(0)) return <TextView text={document.stringOf(0)} look="code" />;
  return <JsonTree document={document} label={label} openRows={openRows} hasTools={false} />;
}
