import { useMemo } from 'react';
import type { JsonDocument } from '../payload/json/json-document.ts';
import { printPath } from '../payload/json/json-path.ts';
import { headOf } from '../payload/text/chunks.ts';
import { MarkedText } from '../payload/text/marked-text.tsx';
import { useReached } from '../payload/use-reached.ts';
import { diffText } from '../text/diff.ts';
import styles from './diff.module.css';
import { diffJson, type JsonChange } from './json-diff.ts';

export interface JsonDiffViewProps {
  readonly before: JsonDocument;
  readonly after: JsonDocument;
}

/** How many differences are mounted at once; as many more whenever one comes to the end of them. */
const changesPerStep = 100;
/** Longer values are cut. */
const longestValue = 400;

/** What differs between two JSON values, path by path. */
export function JsonDiffView({ before, after }: JsonDiffViewProps) {
  const changes = useMemo(() => diffJson(before, after), [before, after]);
  const { count, end } = useReached(changes.length, changesPerStep, changes);
  if (changes.length === 0) return <p className={styles.note}>{diffText.same}</p>;
  return (
    <div role="group" className={styles.diff} aria-label={diffText.values}>
      <p className={styles.note}>{diffText.changes(changes.length)}</p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{diffText.path}</th>
            <th scope="col">{diffText.before}</th>
            <th scope="col">{diffText.after}</th>
          </tr>
        </thead>
        <tbody>
          {changes.slice(0, count).map((change, index) => (
            <Change key={index} change={change} before={before} after={after} />
          ))}
        </tbody>
      </table>
      {count < changes.length && (
        <p ref={end} className={styles.note}>
          {diffText.shown(count, changes.length)}
        </p>
      )}
    </div>
  );
}

function Change({ change, before, after }: JsonDiffViewProps & { readonly change: JsonChange }) {
  return (
    <tr data-kind={change.kind}>
      <th scope="row">
        <MarkedText text={printPath(change.path) || diffText.root} />
        <span className="visually-hidden"> {diffText.kinds[change.kind]}</span>
      </th>
      <td>{change.before !== null && <Value document={before} index={change.before} />}</td>
      <td>{change.after !== null && <Value document={after} index={change.after} />}</td>
    </tr>
  );
}

function Value({ document, index }: { readonly document: JsonDocument; readonly index: number }) {
  const source = document.sourceOf(index);
  return (
    <>
      <MarkedText text={headOf(source, longestValue)} />
      {source.length > longestValue && '…'}
    </>
  );
}
