import { createContext, useContext } from 'react';
import type { ToolCallPart, ToolResultPart } from 'honeyhive-facts/messages';

/** Finds the result of a call in what was recorded after the payload. */
export type FindLaterResult = (call: ToolCallPart) => ToolResultPart | undefined;

const context = createContext<FindLaterResult>(() => undefined);

/** Finds results that are not in the payload itself: an answer with a call never has its result. */
export const LaterResultsProvider = context.Provider;

export const useLaterResult = (call: ToolCallPart): ToolResultPart | undefined =>
  useContext(context)(call);
