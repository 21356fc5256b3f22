import { Bookmark } from 'lucide-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SavedView, SavedViewIn, SavedViewList } from 'honeyhive-wire';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { Menu } from '../kit/menu.tsx';
import type { MenuItem } from '../kit/menu-item.ts';
import { InlineError } from '../kit/states.tsx';
import { showToast } from '../kit/toasts.tsx';
import { optionalParam } from '../state/query-param.ts';
import { printTimeRange } from '../state/time-range.ts';
import { setQuery, useQueryState } from '../state/use-query-state.ts';
import { listText } from '../text/list.ts';
import { defaultColumns } from './column.ts';
import { defaultSort, sortParam } from './list-sort.ts';
import type { ListState } from './use-list-state.ts';
import styles from './view-menu.module.css';
import { isModified, toViewState } from './view-state.ts';
import type { ViewState } from './view-state.ts';

/** Views of a project: open one, save what is shown, see that it is no longer what was saved. */
export function ViewMenu({ list }: { readonly list: ListState }) {
  const views = useViews(list);
  const [isNaming, setNaming] = useState(false);
  const { current, isChanged, open, save, remove } = views;
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
          { label: listText.saveChanges, onSelect: () => save.mutate(current) },
          { label: listText.discardChanges, onSelect: () => open(current) },
        ]
      : []),
    { label: listText.saveAs, onSelect: () => setNaming(true) },
    ...(current
      ? [
          {
            label: listText.deleteView,
            look: 'danger' as const,
            onSelect: () => remove.mutate(current),
          },
        ]
      : []),
  ];
  const error = save.error ?? remove.error;
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
      {error && (
        <div className={styles.error}>
          <InlineError title={listText.viewNotSaved} error={error} />
        </div>
      )}
      {isNaming && (
        <NameDialog
          onClose={() => setNaming(false)}
          onSave={(name) => {
            setNaming(false);
            save.mutate({ id: crypto.randomUUID(), name });
          }}
        />
      )}
    </>
  );
}

function NameDialog({
  onClose,
  onSave,
}: {
  readonly onClose: () => void;
  readonly onSave: (name: string) => void;
}) {
  const [name, setName] = useState('');
  const isNamed = name.trim() !== '';
  return (
    <Dialog
      title={listText.saveAs}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{listText.cancel}</Button>
          <Button look="primary" type="submit" form="view-name" disabled={!isNamed}>
            {listText.save}
          </Button>
        </>
      }
    >
      <form
        id="view-name"
        onSubmit={(event) => {
          event.preventDefault();
          if (isNamed) onSave(name.trim());
        }}
      >
        <label className={styles.field}>
          {listText.viewName}
          <input
            className={styles.input}
            value={name}
            maxLength={200}
            onChange={({ target }) => setName(target.value)}
          />
        </label>
      </form>
    </Dialog>
  );
}

/** The sort of a view that is the default is kept as such. */
const printSort = (sort: SavedView['sort']): string | null => (sort ? sortParam.print(sort) : null);

const shownState = (list: ListState): ViewState => ({
  q: list.query,
  s: sortParam.print(list.sort),
  c: list.columnIds,
  t: printTimeRange(list.range),
});

function useViews(list: ListState) {
  const queries = useQueryClient();
  const [viewId, setViewId] = useQueryState('view', optionalParam);
  const { kind, scope, project } = list;
  const queryKey = ['views', project.id];
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      ask<SavedViewList>('GET /v1/explore/views', { params: { project: project.id }, signal }),
  });
  const all = data?.views.filter((view) => view.scope === scope) ?? [];
  const current = all.find(({ id }) => id === viewId) ?? null;
  const shown = shownState(list);
  const save = useMutation({
    mutationFn: ({ id, name }: Pick<SavedView, 'id' | 'name'>) => {
      const json: SavedViewIn = {
        name,
        scope,
        query: shown.q,
        columns: [...shown.c],
        sort: list.sort,
        range: shown.t,
      };
      return ask<SavedView>(`PUT /v1/explore/views/${encodeURIComponent(id)}`, {
        params: { project: project.id },
        json,
      });
    },
    onSuccess(view) {
      void queries.invalidateQueries({ queryKey });
      setViewId(view.id);
      showToast({ text: listText.viewSaved(view.name) });
    },
  });
  const remove = useMutation({
    mutationFn: ({ id }: SavedView) =>
      ask(`DELETE /v1/explore/views/${encodeURIComponent(id)}`, {
        params: { project: project.id },
      }),
    onSuccess(_answer, { name }) {
      void queries.invalidateQueries({ queryKey });
      setViewId(null);
      showToast({ text: listText.viewDeleted(name) });
    },
  });
  return {
    list: all,
    error,
    current,
    isChanged: current !== null && isModified(toViewState(current, printSort), shown),
    save,
    remove,
    open(view: SavedView) {
      const { q, s, c, t } = toViewState(view, printSort);
      const isDefault = c.join() === defaultColumns[kind].join();
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
