import { createContext, useContext } from 'react';
import type { JsonPath } from './json/json-path.ts';

/** A field and one of its values, to filter by. */
export interface FilterPick {
  /** From the event on: `['metadata', 'tier']`. */
  readonly path: JsonPath;
  /** The value as JSON, as it stands in the payload; null: whether there is one at all. */
  readonly value: string | null;
  /** Show what has it, hide what has it, or show the field as a column. */
  readonly how: 'include' | 'exclude' | 'column';
}

/** What can be done with a value of a payload beyond looking at it. */
export interface ValueActions {
  /** Filters the list that the event came from. Without it nothing offers that. */
  readonly onFilter?: (pick: FilterPick) => void;
}

const ValueActionsContext = createContext<ValueActions>({});

export const ValueActionsProvider = ValueActionsContext.Provider;
export const useValueActions = (): ValueActions => useContext(ValueActionsContext);
