import { Clock } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { formatCompact } from '../format/number.ts';
import { describeError } from '../kit/states.tsx';
import { queryText } from '../text/query.ts';
import styles from './suggestion-list.module.css';
import type { Suggestion } from './suggestions.ts';
import type { Suggestions } from './use-suggestions.ts';

interface SuggestionListProps {
  readonly id: string;
  /** Index of the one that Tab and Enter accept; -1 for none. */
  readonly active: number;
  readonly suggestions: Suggestions;
  readonly onAccept: (suggestion: Suggestion) => void;
}

/** What could come next, below the bar. */
export function SuggestionList({ id, active, suggestions, onAccept }: SuggestionListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const { error } = suggestions;
  return (
    <div className={styles.panel}>
      {error !== null && (
        <p role="alert" className={styles.error}>
          {queryText.valuesFailed}: {describeError(error)}
        </p>
      )}
      <div
        ref={list}
        id={id}
        role="listbox"
        tabIndex={-1}
        aria-label={queryText.suggestions}
        className={styles.list}
        // The focus stays in the input: a press here must not take it away.
        onMouseDown={(event) => event.preventDefault()}
      >
        {suggestions.list.map((suggestion, index) => (
          <div
            key={keyOf(suggestion)}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={styles.option}
            onMouseDown={() => onAccept(suggestion)}
          >
            <Content suggestion={suggestion} />
          </div>
        ))}
      </div>
    </div>
  );
}

function keyOf(suggestion: Suggestion): string {
  switch (suggestion.kind) {
    case 'recent':
      return `r ${suggestion.text}`;
    case 'key':
      return `k ${suggestion.field.path}`;
    case 'value':
      return `v ${String(suggestion.value)}`;
    case 'sign':
      return `s ${suggestion.sign}`;
  }
}

function Content({ suggestion }: { readonly suggestion: Suggestion }) {
  if (suggestion.kind === 'recent') {
    return (
      <>
        <Clock className={styles.icon} aria-label={queryText.recents} />
        <span className={styles.text}>{suggestion.text}</span>
      </>
    );
  }
  if (suggestion.kind === 'value') {
    const { value, count } = suggestion;
    return (
      <>
        <span className={styles.text}>{value === '' ? '""' : String(value)}</span>
        {count !== null && <span className={styles.count}>{formatCompact(count)}</span>}
      </>
    );
  }
  if (suggestion.kind === 'sign') {
    return (
      <>
        <span className={styles.text}>{queryText.signs[suggestion.sign]}</span>
        <span className={styles.type}>{queryText.signsWritten[suggestion.sign]}</span>
      </>
    );
  }
  const { path, types, count } = suggestion.field;
  return (
    <>
      <span className={styles.text}>{path}</span>
      <span className={styles.type}>{types.map((type) => queryText.types[type]).join(', ')}</span>
      <span className={styles.count}>{count > 0 ? formatCompact(count) : ''}</span>
    </>
  );
}
