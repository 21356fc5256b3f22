import { Bookmark } from 'lucide-react';
import type { SavedView } from 'honeyhive-wire';
import { useState } from 'react';
import { Button } from '../kit/button.tsx';
import { Menu } from '../kit/menu.tsx';
import type { MenuItem } from '../kit/menu-item.ts';
import { InlineError } from '../kit/states.tsx';
import { asksForSums } from '../query/compile-query.ts';
import { addCondition, conditionOf } from '../query/query-edit.ts';
import { randomId } from '../state/random-id.ts';
import { optionalParam } from '../state/query-param.ts';
import { printTimeRange } from '../state/time-range.ts';
import { setQuery, useQueryState } from '../state/use-query-state.ts';
import { listText } from '../text/list.ts';
import { startAlert } from '../list/alert-link.ts';
import { columnsFor } from '../list/column.ts';
import { defaultSort, sortParam } from '../list/list-sort.ts';
import type { ListState } from '../list/use-list-state.ts';
import { useSavedViews } from '../list/use-saved-views.ts';
import styles from './view-menu.module.css';
import { ViewNameDialog } from '../list/view-name-dialog.tsx';
import { isModified, toViewState } from './view-state.ts';
import type { ViewState } from './view-state.ts';

/** Views of a project: open one, save what is shown, see that it is no longer what was saved. */
export function ViewMenu({ list }: { readonly list: ListState }) {
  const views = useViews(list);
  const [isNaming, setNaming] = useState(false);
  const { current, isChanged, mutationError, open, save, remove } = views;
  const items: MenuItem[] = [
    ...(views.error ? [{ kind: 'heading', label: listText.viewsFailed } as const] : []),
    ...views.list.map((view): MenuItem => ({
      label: view.name,
      isChecked: view.id === current?.id,
      onSelect: () => open(view),
    })),
    ...(views.list.length > 0 ? [{ kind: 'separator' } as const] : []),
    ...(current && isChanged
      ? [
          { label: listText.saveChanges, onSelect: () => save(current.name, current.id) },
          { label: listText.discardChanges, onSelect: () => open(current) },
        ]
      : []),
    { label: listText.saveAs, onSelect: () => setNaming(true) },
    ...(canAlert(list)
      ? [{ label: listText.alertOn, onSelect: () => alertOn(list, current?.name) }]
      : []),
    ...(current
      ? [
          {
            label: listText.deleteView,
            look: 'danger' as const,
            onSelect: () => remove(current),
          },
        ]
      : []),
  ];
  return (
    <>
      <Menu
        label={listText.views}
        align="end"
        trigger={(props) => (
          <Button {...props} look="quiet" icon={<Bookmark aria-hidden />}>
            {current?.name ?? listText.views}
            {current && isChanged && <span className={styles.changed}> {listText.modified}</span>}
          </Button>
        )}
        items={items}
      />
      {mutationError && (
        <div className={styles.error}>
          <InlineError title={listText.viewNotSaved} error={mutationError} />
        </div>
      )}
      {isNaming && (
        <ViewNameDialog
          title={listText.saveAs}
          label={listText.viewName}
          onClose={() => setNaming(false)}
          onSave={(name) => save(name)}
        />
      )}
    </>
  );
}

/** Alerts are about events: those of a session are not added up. */
const canAlert = ({ scope, query }: ListState): boolean =>
  scope === 'events' || (scope === 'sessions' && !asksForSums(query));

/** Sessions are counted by their roots, unless the conditions are on any event of them. */
const queryOf = ({ scope, target, query }: ListState): string =>
  scope === 'sessions' && target === 'session'
    ? addCondition(query, conditionOf('event_type', 'session'))
    : query;

/** Begins an alert on the number of events or sessions that are shown. */
const alertOn = (list: ListState, name: string | undefined): void =>
  startAlert(list.project.name, {
    query: queryOf(list),
    aggregation: 'count',
    ...(name !== undefined && { name }),
  });

/** The sort of a view that is the default is kept as such. */
const printSort = (sort: SavedView['sort']): string | null => (sort ? sortParam.print(sort) : null);

const shownState = (list: ListState): ViewState => ({
  q: list.query,
  s: sortParam.print(list.sort),
  c: list.columnIds,
  t: printTimeRange(list.range),
});

function useViews(list: ListState) {
  const [viewId, setViewId] = useQueryState('view', optionalParam);
  const { kind, scope, project } = list;
  const { views, error, save, remove } = useSavedViews(project);
  // What has a chart is on the screen of charts.
  const all = views.filter((view) => view.scope === scope && view.chart === undefined);
  const current = all.find(({ id }) => id === viewId) ?? null;
  const shown = shownState(list);
  return {
    list: all,
    error,
    current,
    isChanged: current !== null && isModified(toViewState(current, printSort), shown),
    mutationError: save.error ?? remove.error,
    /** Under the name of a view that there is, or as a new one. */
    save(name: string, id: string = randomId()) {
      const content = {
        name,
        scope,
        query: shown.q,
        columns: [...shown.c],
        sort: list.sort,
        range: shown.t,
      };
      save.mutate({ id, content }, { onSuccess: (view) => setViewId(view.id) });
    },
    remove: (view: SavedView) => remove.mutate(view, { onSuccess: () => setViewId(null) }),
    open(view: SavedView) {
      const { q, s, c, t } = toViewState(view, printSort);
      const isDefault = c.join() === columnsFor(kind, sortParam.parse(s).field).join();
      setQuery({
        view: view.id,
        q: q === '' ? null : q,
        s: s ?? sortParam.print(defaultSort),
        c: isDefault ? null : c.join(','),
        t,
        peek: null,
      });
      list.refresh();
    },
  };
}
