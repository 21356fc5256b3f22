import { Search, X } from 'lucide-react';
import { Suspense, lazy, useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { IconButton } from '../kit/icon-button.tsx';
import { queryText } from '../text/query.ts';
import { compileQuery } from './compile-query.ts';
import type { FieldCatalogue } from './field-catalogue.ts';
import styles from './query-bar.module.css';
import { acceptKey, acceptSign, acceptValue, applyEdit, tidyQuery } from './query-edit.ts';
import type { TextEdit } from './query-edit.ts';
import type { QueryScope } from './query-scope.ts';
import type { Problem } from './query.ts';
import { rememberQuery } from './recent-queries.ts';
import { SuggestionList } from './suggestion-list.tsx';
import type { Suggestion } from './suggestions.ts';
import { TokenLine } from './token-line.tsx';
import { findTypeChoices } from './type-choices.ts';
import { useSuggestions } from './use-suggestions.ts';
import type { Suggestions } from './use-suggestions.ts';

const TypeChoiceChips = lazy(async () => ({
  default: (await import('./type-choice-chips.tsx')).TypeChoiceChips,
}));

export interface QueryBarProps {
  /** The query that is applied. */
  readonly query: string;
  readonly catalogue: FieldCatalogue;
  readonly about: QueryScope;
  /** IANA name: the zone of times in the query. */
  readonly timeZone: string;
  /** Gets a query that says something the service can be asked. */
  readonly onApply: (query: string) => void;
  /** Before the text: the chip of the scope. */
  readonly before?: ReactNode;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}

/** One line of text that filters a list; it completes keys and values and says what is wrong and where. */
export function QueryBar(props: QueryBarProps) {
  const { query, before, inputRef } = props;
  const id = useId();
  const mirror = useRef<HTMLDivElement>(null);
  const bar = useDraft(props);
  const { draft, isOpen, active, suggestions, problems } = bar;
  const followScroll = () => {
    if (mirror.current && inputRef.current) mirror.current.scrollLeft = inputRef.current.scrollLeft;
  };
  useEffect(followScroll);
  const accept = (suggestion: Suggestion) => {
    if (suggestion.kind === 'recent') return bar.apply(suggestion.text);
    const edit = toEdit(suggestion, suggestions);
    if (edit === null || inputRef.current === null) return;
    insertText(inputRef.current, edit);
    bar.show(suggestion.kind === 'key');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const chosen = isOpen ? suggestions.list[active] : undefined;
    if ((event.key === 'Enter' || event.key === 'Tab') && chosen) {
      event.preventDefault();
      accept(chosen);
      return;
    }
    const isKnown = bar.press(event.key);
    if (isKnown) event.preventDefault();
    if (event.key !== 'Escape') return;
    // Esc is for what is nearest: the list, then the draft, then the focus.
    event.stopPropagation();
    if (!isKnown) inputRef.current?.blur();
  };
  return (
    <div className={styles.bar} role="search">
      {before}
      <div className={styles.field}>
        <Search className={styles.icon} aria-hidden />
        <div className={styles.line}>
          <div ref={mirror} className={styles.mirror} aria-hidden>
            <TokenLine text={draft.text} problems={problems} />
          </div>
          <input
            ref={inputRef}
            {...comboboxProps(id, bar)}
            className={styles.input}
            placeholder={queryText.placeholder}
            onChange={({ target }) => bar.type(target.value, target.selectionStart ?? 0)}
            onSelect={({ currentTarget }) => bar.moveCaret(currentTarget.selectionStart ?? 0)}
            onScroll={followScroll}
            onClick={() => bar.show(true)}
            onBlur={() => bar.show(false)}
            onKeyDown={onKeyDown}
          />
        </div>
        {tidyQuery(draft.text) !== query && <span className={styles.hint}>{queryText.apply}</span>}
        {draft.text !== '' && (
          <IconButton
            className={styles.clear}
            label={queryText.clear}
            icon={<X />}
            onClick={() => bar.apply('')}
          />
        )}
        {isOpen && (
          <SuggestionList
            id={`${id}-list`}
            active={active}
            suggestions={suggestions}
            onAccept={accept}
          />
        )}
      </div>
      {bar.choices.length > 0 && (
        <Suspense>
          <TypeChoiceChips
            choices={bar.choices}
            onTurn={({ edit }) => bar.apply(applyEdit(draft.text, edit))}
          />
        </Suspense>
      )}
      {problems.length > 0 && (
        <p id={`${id}-problem`} role="alert" className={styles.problem}>
          {problems[0]?.message}
        </p>
      )}
      <span className="visually-hidden" role="status">
        {isOpen ? queryText.suggestionCount(suggestions.list.length) : ''}
      </span>
    </div>
  );
}

/** Source: the ARIA practices' pattern of an editable combobox with a list. */
function comboboxProps(
  id: string,
  { draft, isOpen, active, problems }: ReturnType<typeof useDraft>,
) {
  const isWrong = problems.length > 0;
  return {
    role: 'combobox',
    type: 'text',
    value: draft.text,
    autoComplete: 'off',
    autoCapitalize: 'off',
    spellCheck: false,
    'aria-label': queryText.label,
    'aria-autocomplete': 'list',
    'aria-expanded': isOpen,
    'aria-controls': isOpen ? `${id}-list` : undefined,
    'aria-activedescendant': isOpen && active >= 0 ? `${id}-list-${active}` : undefined,
    'aria-invalid': isWrong,
    'aria-describedby': isWrong ? `${id}-problem` : undefined,
  } as const;
}

/** What somebody writes before it is applied. */
interface Draft {
  readonly text: string;
  readonly caret: number;
}

const draftOf = (query: string): Draft => ({ text: query, caret: query.length });

function useDraft({ query, catalogue, about, timeZone, onApply }: QueryBarProps) {
  const [draft, setDraft] = useState(() => draftOf(query));
  const [shownQuery, setShownQuery] = useState(query);
  const [isWanted, setWanted] = useState(false);
  const [active, setActive] = useState(-1);
  const [isRefused, setRefused] = useState(false);
  const suggestions = useSuggestions(draft, { catalogue, about });
  // Another query came from outside: a click on a value, the back button.
  if (shownQuery !== query) {
    setShownQuery(query);
    setDraft(draftOf(query));
  }
  const { list, error } = suggestions;
  const isOpen = isWanted && (list.length > 0 || error !== null);
  const { problems } = compileQuery(draft.text, { catalogue, timeZone });
  const show = (isShown: boolean) => {
    setWanted(isShown);
    setActive(-1);
  };
  const apply = (text: string) => {
    const isRight = compileQuery(text, { catalogue, timeZone }).query !== null;
    setRefused(!isRight);
    if (!isRight) return;
    const tidy = tidyQuery(text);
    show(false);
    setDraft(draftOf(tidy));
    rememberQuery(tidy);
    onApply(tidy);
  };
  const step = (move: number) => {
    setWanted(true);
    setActive(isOpen ? stepActive(active, move, list.length) : move > 0 ? 0 : list.length - 1);
    return true;
  };
  const escape = () => {
    const isDraft = tidyQuery(draft.text) !== query;
    if (isOpen) show(false);
    else if (isDraft) setDraft(draftOf(query));
    setRefused(false);
    return isOpen || isDraft;
  };
  const keys: Readonly<Record<string, () => boolean>> = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Escape: escape,
    Enter: () => {
      apply(draft.text);
      return true;
    },
  };
  return {
    draft,
    isOpen,
    active,
    suggestions,
    choices: findTypeChoices(draft.text, { catalogue, timeZone }),
    problems: isRefused ? problems : withoutCurrent(problems, draft, isWanted),
    show,
    apply,
    /** Whether the key did something. */
    press: (key: string): boolean => keys[key]?.() ?? false,
    moveCaret: (caret: number) =>
      setDraft((now) => (now.caret === caret ? now : { ...now, caret })),
    type: (text: string, caret: number) => {
      setDraft({ text, caret });
      setRefused(false);
      show(true);
    },
  };
}

/** -1 is the text itself, between the last and the first. */
const stepActive = (active: number, move: number, count: number): number => {
  const next = active + move;
  return next >= count ? -1 : next < -1 ? count - 1 : next;
};

/** What is being written is not wrong yet. */
const withoutCurrent = (
  problems: readonly Problem[],
  { caret }: Draft,
  isWriting: boolean,
): readonly Problem[] =>
  isWriting ? problems.filter(({ at }) => caret < at.start || caret > at.end) : problems;

function toEdit(suggestion: Suggestion, { completion }: Suggestions): TextEdit | null {
  if (suggestion.kind === 'key' && completion.kind === 'key')
    return acceptKey(completion, suggestion.field.path);
  if (completion.kind !== 'value') return null;
  if (suggestion.kind === 'sign') return acceptSign(completion, suggestion.sign);
  return suggestion.kind === 'value' ? acceptValue(completion, suggestion.value) : null;
}

/** As if it had been typed, so that undo takes it back. */
function insertText(input: HTMLInputElement, { at, insert, caret }: TextEdit): void {
  input.focus();
  input.setSelectionRange(at.start, at.end);
  document.execCommand('insertText', false, insert);
  input.setSelectionRange(caret, caret);
}
