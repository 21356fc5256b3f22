import { createContext, useContext } from 'react';
import type { JsonPath } from './json/json-path.ts';

/** A field and one of its values, to filter by. */
export interface FilterPick {
  /** From the event on: `['metadata', 'tier']`. */
  readonly path: JsonPath;
  /** The value as JSON, as it stands in the payload; null: whether there is one at all. */
  readonly value: string | null;
  /** Hide what has it, instead of showing that alone. */
  readonly isNegated: boolean;
}

/** What can be done with a value of a payload beyond looking at it. What is left out is not offered. */
export interface ValueActions {
  /** Filters the list that the event came from. */
  readonly onFilter?: (pick: FilterPick) => void;
  /** Shows a field as a column of that list. */
  readonly onColumn?: (path: JsonPath) => void;
}

const ValueActionsContext = createContext<ValueActions>({});

export const ValueActionsProvider = ValueActionsContext.Provider;
export const useValueActions = (): ValueActions => useContext(ValueActionsContext);
