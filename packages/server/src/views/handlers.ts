import { limits } from 'honeyhive-wire';
import type { SavedView, SavedViewIn } from 'honeyhive-wire';
import { viewRecord } from './view-store.ts';
import type { StoredView, ViewStore } from './view-store.ts';
import { invalid, notFound, Problem } from '../domain/problem.ts';
import type { Handler } from '../calls/handler.ts';
import type { Clock } from '../clock.ts';

export interface ViewServices {
  readonly metadata: ViewStore;
  readonly clock: Pick<Clock, 'now'>;
}

export const listViews: Handler<'listViews', ViewServices> = async (
  { access, query },
  { metadata },
) => {
  const project = await access.forList(query.project);
  const views = await metadata.listViews(project.id);
  return { views: views.map(toWireView).toSorted((a, b) => a.name.localeCompare(b.name, 'en')) };
};

export const saveView: Handler<'saveView', ViewServices> = async (call, { metadata, clock }) => {
  const project = await call.access.forList(call.query.project);
  const saved = await metadata.saveView(
    {
      id: readId(call.params.view_id),
      projectId: project.id,
      content: JSON.stringify(call.body),
    },
    { now: clock.now(), mostPerProject: limits.savedViews },
  );
  if (saved === 'full')
    throw new Problem(
      'conflict',
      `A project has at most ${limits.savedViews} saved views: delete one first.`,
    );
  return toWireView(saved);
};

export const deleteView: Handler<'deleteView', ViewServices> = async (call, { metadata }) => {
  const project = await call.access.forList(call.query.project);
  const id = readId(call.params.view_id);
  if (!(await metadata.deleteView(project.id, id))) throw notFound('view', id);
  return { success: true };
};

function readId(id: string): string {
  if (id.length <= limits.idChars) return id;
  throw invalid([{ field: 'view_id', message: `expected at most ${limits.idChars} characters` }]);
}

function toWireView(view: StoredView): SavedView {
  const { content, ...rest } = viewRecord.toLine(view);
  return { ...(JSON.parse(content) as SavedViewIn), ...rest };
}
