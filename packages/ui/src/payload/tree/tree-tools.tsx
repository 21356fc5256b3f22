import { ChevronDown, ChevronUp, FoldVertical, Quote, UnfoldVertical } from 'lucide-react';
import { useDeferredValue, useEffect, useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { IconButton } from '../../kit/icon-button.tsx';
import { TextInput } from '../../kit/text-input.tsx';
import { payloadText } from '../../text/payload.ts';
import styles from './json-tree.module.css';
import type { TreeAction, TreeState } from './tree-state.ts';
import { useJsonSearch } from './use-json-search.ts';

export interface TreeToolsProps {
  readonly state: TreeState;
  readonly dispatch: (action: TreeAction) => void;
  /** Called with the values that the search found. */
  readonly onHits: (hits: ReadonlySet<number>) => void;
}

/** Search in a tree; buttons that open and close all of it. */
export function TreeTools({ state, dispatch, onHits }: TreeToolsProps) {
  const id = useId();
  const [text, setText] = useState('');
  const hits = useJsonSearch(state.document, useDeferredValue(text));
  useEffect(() => onHits(new Set(hits.map(({ index }) => index))), [hits, onHits]);
  const at = hits.findIndex(({ index }) => index === state.active);
  const goTo = (step: 1 | -1) => {
    const next = hits.at(at < 0 && step < 0 ? -1 : (at + step) % hits.length);
    if (next) dispatch({ kind: 'reveal', index: next.index });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    goTo(event.shiftKey ? -1 : 1);
  };
  return (
    <div className={styles.tools}>
      <TextInput
        type="search"
        className={styles.find}
        placeholder={payloadText.find}
        aria-label={payloadText.find}
        aria-describedby={id}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span id={id} className={styles.hits} role="status">
        {text !== '' && payloadText.hits(at + 1, hits.length)}
      </span>
      {hits.length > 0 && (
        <>
          <IconButton
            label={payloadText.findPrevious}
            icon={<ChevronUp />}
            onClick={() => goTo(-1)}
          />
          <IconButton label={payloadText.findNext} icon={<ChevronDown />} onClick={() => goTo(1)} />
        </>
      )}
      <span className={styles.space} />
      {state.parsedCount > 0 && (
        <IconButton
          label={payloadText.unparse}
          icon={<Quote />}
          onClick={() => dispatch({ kind: 'unparse' })}
        />
      )}
      <IconButton
        label={payloadText.expandAll}
        icon={<UnfoldVertical />}
        onClick={() => dispatch({ kind: 'openAll' })}
      />
      <IconButton
        label={payloadText.collapseAll}
        icon={<FoldVertical />}
        onClick={() => dispatch({ kind: 'closeAll' })}
      />
    </div>
  );
}
