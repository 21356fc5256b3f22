import { limits } from 'honeyhive-wire';
import { invalid, Problem } from '../domain/problem.ts';
import type { Handler } from '../calls/handler.ts';
import { auditRecord } from './audit-store.ts';
import type { AuditStore } from './audit-store.ts';

export interface AuditServices {
  readonly metadata: Pick<AuditStore, 'listAudit'>;
}

const defaultPage = 100;

export const listAudit: Handler<'listAudit', AuditServices> = async (
  { access, query },
  { metadata },
) => {
  if (access.key.projectId !== null)
    throw new Problem('forbidden', 'The audit log requires an organisation key with full access.');
  const limit = query.limit === undefined ? defaultPage : Number(query.limit);
  if (limit < 1 || limit > limits.auditPage)
    throw invalid([{ field: 'limit', message: `expected 1 to ${limits.auditPage}` }]);
  const before = query.before === undefined ? null : Number(query.before);
  // One more tells whether there is a next page.
  const found = await metadata.listAudit({ before, limit: limit + 1 });
  const entries = found.slice(0, limit);
  return {
    entries: entries.map((entry) => {
      const { sequence: id, project_id: project, ...rest } = auditRecord.toLine(entry);
      return { id, project, ...rest };
    }),
    next: found.length > limit ? (entries.at(-1)?.sequence ?? null) : null,
  };
};
