import { invalid } from '../domain/problem.ts';
import { isJsonObject } from '../domain/json-text.ts';
import { readJson } from '../events/query-input.ts';
import { findRoot } from '../explore/session-root.ts';
import type { RootServices } from '../explore/session-root.ts';
import { parseSelection } from '../explore/selection-input.ts';
import type { SelectionInput } from '../explore/selection-input.ts';
import type { Call, Handler } from '../calls/handler.ts';
import type { LiveStreams, StreamLimits } from './live-streams.ts';
import type { Rejection, Rejections } from './rejections.ts';
import { startTail } from './tail.ts';
import type { TailServices } from './tail.ts';

export type LiveServices = RootServices &
  TailServices & {
    readonly live: Pick<LiveStreams, 'open'>;
    readonly rejections: Pick<Rejections, 'recent' | 'subscribe'>;
  };

/** Maximum age of rejections shown when the page is opened. */
const recentMs = 600_000;

export const exploreTail: Handler<'exploreTail', LiveServices> = async (call, services) => {
  const { project, q } = call.query;
  const rows = await parseSelection({ ...readSelection(q), project }, call.access, services);
  const sinceMs = readToken(call);
  return services.live.open(limitsOf(call, rows.projectId), (stream) =>
    startTail(stream, { rows, sessionId: null, sinceMs, key: call.access.key.id }, services),
  );
};

export const exploreSessionTail: Handler<'exploreSessionTail', LiveServices> = async (
  call,
  services,
) => {
  const { projectId, sessionId } = await findRoot(call, services);
  const rows = await parseSelection({ project: projectId }, call.access, services);
  const sinceMs = readToken(call);
  return services.live.open(limitsOf(call, rows.projectId), (stream) =>
    startTail(stream, { rows, sessionId, sinceMs, key: call.access.key.id }, services),
  );
};

/** What arrives in a project, and what was refused and why. */
export const exploreOnboarding: Handler<'exploreOnboarding', LiveServices> = async (
  call,
  services,
) => {
  const rows = await parseSelection({ project: call.query.project }, call.access, services);
  const view = {
    projectId: rows.projectId,
    isOrganisation: call.access.key.projectId === null,
  };
  const sinceMs = readToken(call);
  const { clock, rejections } = services;
  const recent = await rejections.recent(view, clock.now() - recentMs);
  return services.live.open(limitsOf(call, rows.projectId), (stream) => {
    const send = ({ userAgent, ...rejection }: Rejection): void =>
      stream.send('rejected', { ...rejection, user_agent: userAgent });
    for (const rejection of recent) send(rejection);
    const unsubscribe = rejections.subscribe(view, send);
    const stopTail = startTail(
      stream,
      { rows, sessionId: null, sinceMs, key: call.access.key.id },
      services,
    );
    return () => {
      unsubscribe();
      stopTail();
    };
  });
};

/** Filters and text out of JSON; filters may stand for themselves. */
function readSelection(text: string | undefined): Pick<SelectionInput, 'filters' | 'text'> {
  const parsed = readJson(text);
  if (parsed === undefined) return {};
  const {
    filters,
    text: words,
    ...others
  } = Array.isArray(parsed)
    ? { filters: parsed as unknown }
    : isJsonObject(parsed)
      ? parsed
      : { other: parsed };
  if (Object.keys(others).length > 0 || (words !== undefined && typeof words !== 'string'))
    throw invalid([
      { field: 'q', message: 'expected JSON: a list of filters, or {filters, text}' },
    ]);
  return { filters: filters as SelectionInput['filters'], text: words };
}

const maxForMs = 3_600_000;

function limitsOf(
  {
    access,
    caller,
    signal,
    query,
  }: Pick<Call<'exploreTail'>, 'access' | 'caller' | 'signal' | 'query'>,
  projectId: string,
): StreamLimits {
  const { for_ms: text } = query;
  const signInToken = caller.isSignedIn ? caller.signInToken : null;
  const limits = { gone: signal, keyId: access.key.id, signInToken, projectId };
  if (text === undefined) return { ...limits, forMs: null };
  const forMs = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (forMs >= 1 && forMs <= maxForMs) return { ...limits, forMs };
  throw invalid([{ field: 'for_ms', message: `expected 1 to ${maxForMs} milliseconds` }]);
}

/** Where a reader left off; null when it begins, and for what is no token. */
function readToken({
  preconditions,
  query,
}: Pick<Call<'exploreTail'>, 'preconditions' | 'query'>): number | null {
  const token = preconditions.lastEventId ?? query.since ?? '';
  return /^\d{1,15}$/.test(token) ? Number(token) : null;
}
