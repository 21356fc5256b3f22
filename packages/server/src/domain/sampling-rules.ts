import { isSampled } from 'honeyhive-facts';
import { isJsonObject } from './json-text.ts';
import type { JsonObject } from './json-text.ts';
import type { StoredEvent } from './stored-event.ts';

/** Which sessions and events a project keeps. */
export interface SamplingRules {
  /** Share of the sessions, 0 to 1. */
  readonly rate: number;
  /** The same for sessions of some sources. */
  readonly bySource: ReadonlyMap<string, number>;
  /** Share of the sessions that keep their events of some types; never more than the session's own. */
  readonly byType: ReadonlyMap<string, number>;
  /** Whether a session with an error is kept, whatever the share. */
  readonly keepsErrors: boolean;
  /** Whether a session with feedback is kept, whatever the share. */
  readonly keepsFeedback: boolean;
}

/** The rules of a project's settings. */
export function readSamplingRules(settings: JsonObject): SamplingRules {
  const rate = settings['sampling_rate'];
  return {
    rate: typeof rate === 'number' ? rate : 1,
    bySource: readRates(settings['sampling_by_source']),
    byType: readRates(settings['sampling_by_event_type']),
    keepsErrors: settings['keep_errors'] === true,
    keepsFeedback: settings['keep_feedback'] === true,
  };
}

const readRates = (value: unknown): ReadonlyMap<string, number> =>
  new Map(
    Object.entries(isJsonObject(value) ? value : {}).flatMap(([name, rate]) =>
      typeof rate === 'number' ? [[name, rate] as const] : [],
    ),
  );

/** Whether a session may be kept though the hash of its id says no. */
export const keepsSome = ({ keepsErrors, keepsFeedback }: SamplingRules): boolean =>
  keepsErrors || keepsFeedback;

/** What the hash of a session's id says of its events, before there is any exception. */
export interface SessionShare {
  /** Share of the sessions of its source that are kept; 0 where this one is not. */
  readonly rate: number;
  readonly isKept: boolean;
}

export function shareOfSession(
  { sessionId, source }: Pick<StoredEvent, 'sessionId' | 'source'>,
  rules: SamplingRules,
): SessionShare {
  const rate = rules.bySource.get(source) ?? rules.rate;
  const isKept = isSampled(sessionId, rate);
  return { rate: isKept ? rate : 0, isKept };
}

/** Share of the sessions that keep events of this type, if they are kept. */
export const rateOfType = (
  { eventType }: Pick<StoredEvent, 'eventType'>,
  { byType }: SamplingRules,
): number => byType.get(eventType) ?? 1;

/** Whether a kept session keeps not all of its events. */
export const isThinned = (sessionId: string, { byType }: SamplingRules): boolean =>
  [...byType.values()].some((rate) => !isSampled(sessionId, rate));

/** Whether sessions of one source are kept and those of another are not. */
export function dependsOnSource(sessionId: string, { rate, bySource }: SamplingRules): boolean {
  if (bySource.size === 0) return false;
  const kept = [rate, ...bySource.values()].filter((one) => isSampled(sessionId, one)).length;
  return kept > 0 && kept <= bySource.size;
}

/** Whether the event alone has its session kept. */
export const isException = (
  { error, feedback }: Pick<StoredEvent, 'error' | 'feedback'>,
  { keepsErrors, keepsFeedback }: SamplingRules,
): boolean => (keepsErrors && error !== null) || (keepsFeedback && feedback !== '{}');
