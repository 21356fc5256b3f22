import { useProjectEmptiness } from '../api/project-emptiness.ts';
import { Button } from '../kit/button.tsx';
import { PlaceLink } from '../kit/place-link.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { EmptyState, FilteredEmpty } from '../kit/states.tsx';
import { parseQuery } from '../query/parse-query.ts';
import { removeItem } from '../query/query-edit.ts';
import { describeTimeRange, parseTimeRange } from '../state/time-range.ts';
import { listText } from '../text/list.ts';
import { manyOf } from './noun.ts';
import { useAhead } from './use-ahead.ts';
import type { ListSelection } from './selection-input.ts';

const widerRanges = ['24h', '7d', '30d', '90d'];

/** There are no rows: because of the query, because of the range, or because nothing was ever sent. */
export function NoRows({ list }: { readonly list: ListSelection }) {
  const { kind, query, range, project } = list;
  const { data: isProjectEmpty, isPending, isFetching } = useProjectEmptiness(project.id);
  const ahead = useAhead(list);
  const many = manyOf(kind);
  // That there is nothing is old as soon as it is known.
  if (isPending || (isProjectEmpty === true && isFetching)) return <Skeleton />;
  if (isProjectEmpty) {
    return (
      <EmptyState
        title={listText.emptyTitle(many)}
        actions={
          <PlaceLink look="primary" to={{ screen: 'start', project: project.name }}>
            {listText.sendData}
          </PlaceLink>
        }
      >
        {listText.emptyHint}
      </EmptyState>
    );
  }
  const described = describeTimeRange(range);
  return (
    <FilteredEmpty
      title={query === '' ? listText.rangeTitle(many) : listText.filteredTitle(many)}
      actions={
        <>
          <RemoveLast list={list} />
          {ahead?.range && (
            <Button onClick={() => ahead.range && list.setRange(ahead.range)}>
              {listText.showAhead}
            </Button>
          )}
          <Widen list={list} />
        </>
      }
    >
      {query === '' ? listText.rangeHint(described) : listText.filteredHint(described)}
      {ahead && ` ${listText.aheadHint}`}
    </FilteredEmpty>
  );
}

function RemoveLast({ list: { query, apply } }: { readonly list: ListSelection }) {
  const items = parseQuery(query);
  const last = items.at(-1);
  if (!last) return null;
  return (
    <Button onClick={() => apply(removeItem(query, items.length - 1))}>
      {listText.removeLast(query.slice(last.at.start, last.at.end))}
    </Button>
  );
}

function Widen({ list: { range, setRange, refresh } }: { readonly list: ListSelection }) {
  const ms = range.kind === 'last' ? range.ms : 0;
  const wider = widerRanges
    .map((text) => parseTimeRange(text))
    .find((one) => one?.kind === 'last' && one.ms > ms);
  if (!wider) return null;
  return (
    <Button
      onClick={() => {
        setRange(wider);
        refresh();
      }}
    >
      {listText.widen(describeTimeRange(wider))}
    </Button>
  );
}
