import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SavedView, SavedViewIn } from 'honeyhive-wire';
import { ask } from '../api/client.ts';
import type { VisibleProject } from '../api/project.tsx';
import { showToast } from '../kit/toasts.tsx';
import { listText } from '../text/list.ts';

/** What is saved under an id that the page makes: saving twice is saving once. */
export interface ViewToSave {
  readonly id: string;
  readonly content: SavedViewIn;
}

/** The saved views of a project, both lists and charts; saves and deletes them, with notifications. */
export function useSavedViews({ id: project }: Pick<VisibleProject, 'id'>) {
  const queries = useQueryClient();
  const queryKey = ['views', project];
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) => ask('listViews', { query: { project }, signal }),
  });
  const save = useMutation({
    mutationFn: ({ id, content }: ViewToSave) =>
      ask('saveView', { params: { view_id: id }, query: { project }, body: content }),
    onSuccess({ name }) {
      void queries.invalidateQueries({ queryKey });
      showToast({ text: listText.viewSaved(name) });
    },
  });
  const remove = useMutation({
    mutationFn: ({ id }: SavedView) =>
      ask('deleteView', { params: { view_id: id }, query: { project } }),
    onSuccess(_answer, removed) {
      void queries.invalidateQueries({ queryKey });
      showToast({
        text: listText.viewDeleted(removed.name),
        action: { label: listText.undo, run: () => save.mutate(toSaveAgain(removed)) },
      });
    },
  });
  return { views: data?.views ?? [], error, retry: () => void refetch(), save, remove };
}

/** Without what the service gave it. */
function toSaveAgain({
  id,
  name,
  scope,
  query,
  columns,
  sort,
  range,
  chart,
}: SavedView): ViewToSave {
  const content = { name, scope, query, columns, sort, range, ...(chart && { chart }) };
  return { id, content };
}
