import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useProject } from '../api/project.tsx';
import { formatCompact } from '../format/number.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { describeError } from '../kit/states.tsx';
import { PlaceLink } from '../kit/place-link.tsx';
import { TextInput } from '../kit/text-input.tsx';
import { createPreference, usePreference } from '../state/preference.ts';
import { printStart } from '../list/alert-link.ts';
import { queryText } from '../text/query.ts';
import styles from './facet-panel.module.css';
import { isConditionIn, toggleCondition } from './facet-query.ts';
import type { FilterEntry } from './filter.ts';
import { conditionOf } from './query-edit.ts';
import type { QueryScope } from './query-scope.ts';
import type { Condition } from './query.ts';
import { useValues } from './use-values.ts';

export interface FacetPanelProps {
  readonly query: string;
  readonly about: QueryScope;
  /** Those of the query: counts are of what it leaves. */
  readonly filters: readonly FilterEntry[];
  readonly onApply: (query: string) => void;
  /** Where the panel lies over the rest, what ends that. */
  readonly onClose: () => void;
}

const facetPaths = ['event_type', 'source', 'event_name', 'model', 'user'];

const pinnedFacets = createPreference<readonly string[]>('facets', {
  parse: (text) => (text ?? '').split(' ').filter((path) => path !== ''),
  print: (paths) => paths.join(' '),
});

/** The commonest values of the commonest keys, to be clicked into the query and out of it. */
export function FacetPanel(props: FacetPanelProps) {
  const [pinned, setPinned] = usePreference(pinnedFacets);
  return (
    <aside className={styles.panel} aria-label={queryText.facets}>
      <header className={styles.header}>
        <h2>{queryText.facets}</h2>
        <IconButton label={queryText.closeFacets} icon={<X />} onClick={props.onClose} />
      </header>
      <StatusFacet {...props} />
      {facetPaths.map((path, index) => (
        <Facet key={path} {...props} path={path} isOpenAtFirst={index < 3} />
      ))}
      {props.about.scope === 'events' && <ToolFacet {...props} />}
      {pinned.map((path) => (
        <Facet
          key={path}
          {...props}
          path={path}
          isOpenAtFirst
          onUnpin={() => setPinned(pinned.filter((one) => one !== path))}
        />
      ))}
      <PinForm onPin={(path) => setPinned([...pinned.filter((one) => one !== path), path])} />
    </aside>
  );
}

function PinForm({ onPin }: { readonly onPin: (path: string) => void }) {
  const [path, setPath] = useState('');
  return (
    <form
      className={styles.pin}
      onSubmit={(event) => {
        event.preventDefault();
        if (/^\S+$/.test(path)) onPin(path);
        setPath('');
      }}
    >
      <TextInput
        className={styles.pinInput}
        aria-label={queryText.pinFacet}
        placeholder={queryText.pinFacet}
        value={path}
        onChange={({ target }) => setPath(target.value)}
      />
      <IconButton label={queryText.pinFacet} icon={<Plus />} type="submit" />
    </form>
  );
}

function StatusFacet({ query, onApply }: FacetPanelProps) {
  const states = [
    { name: queryText.onlyErrors, isNegated: false },
    { name: queryText.onlyOk, isNegated: true },
  ];
  return (
    <details open className={styles.facet}>
      <summary className={styles.name}>{queryText.facetNames.error}</summary>
      {states.map(({ name, isNegated }) => (
        <Choice
          key={name}
          name={name}
          condition={{ kind: 'has', key: ['error'], isNegated }}
          query={query}
          onApply={onApply}
        />
      ))}
    </details>
  );
}

const facetName = (path: string): string =>
  path in queryText.facetNames
    ? queryText.facetNames[path as keyof typeof queryText.facetNames]
    : path;

const isTool: FilterEntry = { field: 'event_type', operator: 'is', value: 'tool', type: 'string' };

/** Names, but only those of tools. */
const ToolFacet = (props: FacetPanelProps) => (
  <Facet
    {...props}
    path="event_name"
    title={queryText.toolFacet}
    filters={[...props.filters, isTool]}
    isOpenAtFirst={false}
  />
);

interface FacetProps extends FacetPanelProps {
  readonly path: string;
  /** Default: that of the path. */
  readonly title?: string;
  readonly isOpenAtFirst: boolean;
  readonly onUnpin?: () => void;
}

function Facet(props: FacetProps) {
  const { path, title, query, about, filters, onApply, isOpenAtFirst, onUnpin } = props;
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const { data, error, isPlaceholderData } = useValues({
    ...about,
    path: isOpen ? path : null,
    filters,
    limit: 8,
  });
  return (
    <details
      open={isOpen}
      className={styles.facet}
      aria-busy={isPlaceholderData}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary className={styles.name}>{title ?? facetName(path)}</summary>
      {onUnpin && (
        <IconButton
          className={styles.unpin}
          label={queryText.unpinFacet(path)}
          icon={<X />}
          onClick={onUnpin}
        />
      )}
      {error && (
        <p className={styles.none}>{`${queryText.valuesFailed}: ${describeError(error)}`}</p>
      )}
      {data?.values.length === 0 && <p className={styles.none}>{queryText.noValues}</p>}
      {data?.values.map(({ value, count }) => (
        <Choice
          key={value}
          name={value === '' ? '""' : value}
          count={count}
          condition={conditionOf(path, value)}
          query={query}
          onApply={onApply}
        />
      ))}
      {isOpen && <AlertLink {...props} />}
    </details>
  );
}

/** Begins an alert on the number of events by the values of a facet. */
function AlertLink({ path, title, query, about }: FacetProps) {
  const { name: project } = useProject();
  if (about.scope !== 'events') return null;
  return (
    <PlaceLink
      className={styles.alert}
      to={{ screen: 'alerts', project, rest: ['new'] }}
      query={printStart({ query, groupBy: path, aggregation: 'count' })}
    >
      {queryText.alertOn(title ?? facetName(path))}
    </PlaceLink>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly count?: number;
  readonly condition: Condition;
  readonly query: string;
  readonly onApply: (query: string) => void;
}

function Choice({ name, count, condition, query, onApply }: ChoiceProps) {
  return (
    <label className={styles.choice}>
      <input
        type="checkbox"
        checked={isConditionIn(query, condition)}
        onChange={() => onApply(toggleCondition(query, condition))}
      />
      <span className={styles.value}>{name}</span>
      {count !== undefined && <span className={styles.count}>{formatCompact(count)}</span>}
    </label>
  );
}
