import { useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { createKeybindingsHandler } from 'tinykeys';

/** Something to do, by a key or several in a row, and from the palette. */
export interface Hotkey {
  /** As tinykeys writes them: `j`, `Shift+X`, `$mod+k`, `g s`. Left out: only from the palette. */
  readonly keys?: string;
  /** What it does, for the help sheet and the palette. Empty: in neither. */
  readonly label: string;
  readonly run: () => void;
  /** Also while something is being typed. Default: only bindings with `$mod`, and Escape. */
  readonly whileTyping?: boolean;
}

/** Keys that belong together: those of a screen, a list, a dialog. */
export interface HotkeyScope {
  readonly title: string;
  readonly hotkeys: readonly Hotkey[];
  /** Scopes below it receive no keys. */
  readonly isModal: boolean;
}

interface Entry {
  scope: HotkeyScope;
  handle: (event: KeyboardEvent) => void;
}

// The one on top is asked first; what it does not know goes to the one below.
let stack: readonly Entry[] = [];
const listeners = new Set<() => void>();

function changeStack(next: readonly Entry[]): void {
  stack = next;
  for (const listener of listeners) listener();
}

const typingInto =
  'input:not([type=checkbox],[type=radio],[type=range]), textarea, select, [contenteditable]';

function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  return target instanceof Element && target.closest(typingInto) !== null;
}

const worksWhileTyping = ({ keys, whileTyping }: Hotkey): boolean =>
  whileTyping ?? (keys?.includes('$mod') === true || keys === 'Escape');

function toHandler(hotkeys: readonly Hotkey[]): Entry['handle'] {
  return createKeybindingsHandler(
    Object.fromEntries(
      hotkeys.flatMap((hotkey) => {
        if (hotkey.keys === undefined) return [];
        const hear = (event: KeyboardEvent) => {
          if (isTyping(event) && !worksWhileTyping(hotkey)) return;
          event.preventDefault();
          hotkey.run();
        };
        return [[hotkey.keys, hear]];
      }),
    ),
  );
}

function dispatch(event: KeyboardEvent): void {
  for (const { scope, handle } of stack.toReversed()) {
    if (event.defaultPrevented) return;
    handle(event);
    if (scope.isModal) return;
  }
}

/** Begins to listen; the end is what it returns. */
export function startHotkeys(): () => void {
  window.addEventListener('keydown', dispatch);
  return () => window.removeEventListener('keydown', dispatch);
}

/**
 * Hears keys while the component is there, before those that were there already.
 *
 * @param title heading in the help sheet
 */
export function useHotkeys(
  title: string,
  hotkeys: readonly Hotkey[],
  { isModal = false }: { readonly isModal?: boolean } = {},
): void {
  const entry = useRef<Entry | null>(null);
  // With what they are for, not after it was painted: a key that is pressed as soon as it can be is not lost.
  useLayoutEffect(() => {
    const made: Entry = { scope: { title, hotkeys: [], isModal }, handle: () => undefined };
    entry.current = made;
    changeStack([...stack, made]);
    return () => changeStack(stack.filter((other) => other !== made));
  }, [title, isModal]);
  // The keys change with every render, the place in the stack does not.
  useLayoutEffect(() => {
    if (entry.current === null) return;
    entry.current.scope = { title, hotkeys, isModal };
    entry.current.handle = toHandler(hotkeys);
  });
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The active scopes, highest priority first. */
export function useHotkeyScopes(): readonly HotkeyScope[] {
  const current = useSyncExternalStore(subscribe, () => stack);
  return current.map(({ scope }) => scope).toReversed();
}
