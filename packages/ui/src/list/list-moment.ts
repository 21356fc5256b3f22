import { useCallback, useEffect } from 'react';
import { useLocationProperty } from 'wouter/use-browser-location';
import { randomId } from '../state/random-id.ts';

/** State of a list in a history entry, so that going back shows the same rows without a request. */
interface ListMemory {
  /** Id of the page that wrote it: after a reload the list is requested again. */
  readonly page: string;
  /** What "now" is for ranges up to now, epoch milliseconds. */
  readonly moment: number;
  /** Place of the list's first row in view, px. */
  readonly scrollTop: number;
  /** The row that j and k start from. */
  readonly activeId: string | null;
}

const page = randomId();

const isMemory = (value: unknown): value is { readonly list: ListMemory } =>
  typeof value === 'object' && value !== null && 'list' in value;

function readMemory(state: unknown): ListMemory | null {
  return isMemory(state) ? state.list : null;
}

/** Changes the state of this history entry; the URL is kept. */
export function rememberList(changes: Partial<Omit<ListMemory, 'page'>>): void {
  const state: unknown = window.history.state;
  const before = readMemory(state) ?? { moment: Date.now(), scrollTop: 0, activeId: null };
  const others = typeof state === 'object' ? state : {};
  window.history.replaceState({ ...others, list: { ...before, ...changes, page } }, '');
}

/** A list that was not scrolled for so long is at rest. */
const restMs = 120;

/** What tells where the list came to, until that is written down; null when it is. */
let scrolled: { readonly readScrollTop: () => number | null; readonly timer: number } | null = null;

function dropScroll(): void {
  clearTimeout(scrolled?.timer);
  scrolled = null;
}

function writeScroll(): void {
  const scrollTop = scrolled?.readScrollTop() ?? null;
  dropScroll();
  if (scrollTop !== null && scrollTop !== recallList().scrollTop) rememberList({ scrollTop });
}

// Leaving the list starts with a press; with the browser's buttons, the history entry has already changed.
for (const type of ['pointerdown', 'keydown', 'pagehide'])
  window.addEventListener(type, writeScroll, { capture: true });
window.addEventListener('popstate', dropScroll, { capture: true });

/**
 * Stores the scroll position when scrolling stops: in every frame it would cost more than the rows, and browsers limit
 * such writes.
 */
export function rememberScroll(readScrollTop: () => number | null): void {
  dropScroll();
  scrolled = { readScrollTop, timer: window.setTimeout(writeScroll, restMs) };
}

/** Where the list was when this step of the history was left; the top for a new one. */
export const recallList = (): Pick<ListMemory, 'scrollTop' | 'activeId'> =>
  readMemory(window.history.state) ?? { scrollTop: 0, activeId: null };

/** Of a step of the history that has no moment yet. */
let begun: number | null = null;

const isOfThisPage = (): boolean => readMemory(window.history.state)?.page === page;

/** What "now" is for the list of this step of the history, epoch milliseconds. */
export function readMoment(): number {
  const memory = readMemory(window.history.state);
  if (memory?.page === page) return memory.moment;
  begun ??= Date.now();
  return begun;
}

/**
 * The moment up to which the list goes: fixed, so that pages fit together and going back finds the same rows.
 *
 * @returns the moment, epoch milliseconds, and what makes it now
 */
export function useListMoment(): readonly [number, () => void] {
  // Only this part of the history state, so that scrolling does not re-render the list.
  const isRemembered = useLocationProperty(isOfThisPage);
  const moment = useLocationProperty(readMoment);
  useEffect(() => {
    if (isRemembered) return;
    rememberList({ moment });
    begun = null;
  }, [isRemembered, moment]);
  const refresh = useCallback(() => rememberList({ moment: Date.now(), scrollTop: 0 }), []);
  return [moment, refresh];
}
