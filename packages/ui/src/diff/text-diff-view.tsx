import { memo, useMemo, useState } from 'react';
import { AfterWait } from '../kit/skeleton.tsx';
import { MarkedText } from '../payload/text/marked-text.tsx';
import { useReached } from '../payload/use-reached.ts';
import { diffText } from '../text/diff.ts';
import styles from './diff.module.css';
import { foldSame, type DiffRow, type FoldedRow } from './text-diff.ts';
import { useTextDiff } from './use-text-diff.ts';

export interface TextDiffViewProps {
  readonly before: string;
  readonly after: string;
}

/** How many rows are mounted at once; as many more whenever one comes to the end of them. */
const rowsPerStep = 200;

/** What changed between two texts, line by line and within lines word by word. */
export function TextDiffView({ before, after }: TextDiffViewProps) {
  const diff = useTextDiff(before, after);
  const folded = useMemo(() => (diff ? foldSame(diff.rows) : []), [diff]);
  const { count, end } = useReached(folded.length, rowsPerStep, folded);
  if (diff === null) {
    return (
      <AfterWait>
        <p className={styles.note}>{diffText.comparing}</p>
      </AfterWait>
    );
  }
  const [added, removed] = (['added', 'removed'] as const).map(
    (kind) => diff.rows.filter((row) => row.kind === kind).length,
  );
  if (!added && !removed) return <p className={styles.note}>{diffText.same}</p>;
  return (
    <div role="group" className={styles.diff} aria-label={diffText.lines}>
      <p className={styles.note}>
        {diffText.counts(added ?? 0, removed ?? 0)}
        {!diff.isExact && ` ${diffText.rough}`}
      </p>
      <div className={styles.lines}>
        {folded.slice(0, count).map((entry, index) => (
          <Folded key={index} entry={entry} />
        ))}
      </div>
      {count < folded.length && (
        <p ref={end} className={styles.note}>
          {diffText.shown(count, folded.length)}
        </p>
      )}
    </div>
  );
}

function Folded({ entry }: { readonly entry: FoldedRow }) {
  const [isOpen, setOpen] = useState(false);
  if (entry.kind === 'row') return <Line row={entry.row} />;
  if (isOpen) return entry.rows.map((row, index) => <Line key={index} row={row} />);
  return (
    <button type="button" className={styles.fold} onClick={() => setOpen(true)}>
      {diffText.unfold(entry.rows.length)}
    </button>
  );
}

const signs = { same: ' ', added: '+', removed: '−' } as const;

const Line = memo(function Line({ row }: { readonly row: DiffRow }) {
  const { kind, before, after, pieces } = row;
  const text = pieces.map((piece, index) =>
    piece.isChanged ? (
      <mark key={index} className={styles.word}>
        <MarkedText text={piece.text} />
      </mark>
    ) : (
      <MarkedText key={index} text={piece.text} />
    ),
  );
  return (
    <div className={styles.line} data-kind={kind}>
      <span className={styles.number} aria-hidden>
        {before ?? after}
      </span>
      <span className={styles.sign}>
        <span aria-hidden>{signs[kind]}</span>
        {kind !== 'same' && <span className="visually-hidden">{diffText.kinds[kind]}: </span>}
      </span>
      {kind === 'added' && <ins className={styles.text}>{text}</ins>}
      {kind === 'removed' && <del className={styles.text}>{text}</del>}
      {kind === 'same' && <span className={styles.text}>{text}</span>}
    </div>
  );
});
