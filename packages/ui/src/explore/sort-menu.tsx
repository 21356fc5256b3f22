import { ArrowDownUp } from 'lucide-react';
import { Button } from '../kit/button.tsx';
import { Menu } from '../kit/menu.tsx';
import { builtInColumns } from '../list/column.ts';
import { columnName } from '../list/header-cell.tsx';
import type { SortField } from '../list/list-sort.ts';
import type { ListView } from '../list/use-list-view.ts';
import { listText } from '../text/list.ts';

const nameOf = (field: SortField): string =>
  columnName(builtInColumns.find(({ sort }) => sort === field)?.id ?? field);

/** What sessions are sorted by. Either time is chosen here, whatever the columns; other orders in their headers. */
export const SortMenu = ({ list: { sort, setSort } }: { readonly list: ListView }) => (
  <Menu
    label={listText.sort}
    align="end"
    trigger={(props) => (
      <Button {...props} look="quiet" icon={<ArrowDownUp aria-hidden />}>
        {listText.sortedByName(nameOf(sort.field))}
      </Button>
    )}
    items={(['start_time', 'last_activity'] as const).map((field) => ({
      label: nameOf(field),
      isChecked: sort.field === field,
      onSelect: () => setSort({ field, direction: 'descending' }),
    }))}
  />
);
