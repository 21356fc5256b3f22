import type { Immutable, Issue, ValueList } from 'honeyhive-wire';
import { listFields } from '../domain/field-catalogue.ts';
import { invalid } from '../domain/problem.ts';
import type { Handler, Question } from '../calls/handler.ts';
import type { ExploreServices } from './explore-services.ts';
import { parseSelection, readPath } from './selection-input.ts';

const defaultValues = 20;

export const exploreFields: Handler<'exploreFields', ExploreServices> = async (call, services) => {
  const { scope, prefix = '', ...range } = call.body;
  const rows = await parseSelection({ ...range, scope: 'events' }, call.access, services);
  const found = await services.events.explore.readFields({ rows, prefix }, call.signal);
  const fields = listFields(found);
  const ofSessions = (on: string): number => (on === 'event' ? 1 : 0);
  return {
    fields:
      scope === 'sessions'
        ? fields.toSorted((a, b) => ofSessions(a.on) - ofSessions(b.on))
        : fields,
    sampled: found.rowCount > found.seenCount,
  };
};

export async function exploreValues(
  { body, access, signal }: Question<'exploreValues'>,
  services: ExploreServices,
): Promise<Immutable<ValueList>> {
  const issues: Issue[] = [];
  const path = readPath(body.path, issues, ['path']);
  if (issues.length > 0) throw invalid(issues);
  const { project, filters, from, to } = body;
  const rows = await parseSelection(
    { project, filters, from, to, scope: 'events' },
    access,
    services,
  );
  const { values, isSampled } = await services.events.explore.readValues(
    {
      rows,
      path,
      prefix: body.prefix ?? '',
      countsSessions: body.scope === 'sessions',
      limit: body.limit ?? defaultValues,
    },
    signal,
  );
  return { values, sampled: isSampled };
}
