import { useSyncExternalStore } from 'react';

/** A preference stored in this browser, shared by all tabs. */
export interface Preference<Value> {
  get(): Value;
  set(value: Value): void;
  subscribe(listener: () => void): () => void;
}

/** How a preference is written; `parse` gets null when nothing was, and never throws. */
export interface PreferenceForm<Value> {
  parse(text: string | null): Value;
  print(value: Value): string;
}

const prefix = 'honeyhive.';

/** Storage can be refused, or full: then a preference holds until the page is closed. */
function readStorage(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function writeStorage(key: string, text: string): void {
  try {
    localStorage.setItem(key, text);
  } catch {
    // Kept in memory, as said above.
  }
}

export function createPreference<Value>(
  name: string,
  form: PreferenceForm<Value>,
): Preference<Value> {
  const key = prefix + name;
  const listeners = new Set<() => void>();
  // Parsed once: `useSyncExternalStore` wants the same value until it changes.
  let current = form.parse(readStorage(key));
  const tell = () => {
    for (const listener of listeners) listener();
  };
  window.addEventListener('storage', (event) => {
    if (event.key !== key) return;
    current = form.parse(event.newValue);
    tell();
  });
  return {
    get: () => current,
    set(value) {
      current = value;
      writeStorage(key, form.print(value));
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A preference that is one of a few words; anything else is the first. */
export const choicePreference = <Word extends string>(
  name: string,
  words: readonly [Word, ...Word[]],
): Preference<Word> =>
  createPreference(name, {
    parse: (text) => words.find((word) => word === text) ?? words[0],
    print: (word) => word,
  });

export function usePreference<Value>(
  preference: Preference<Value>,
): readonly [Value, (value: Value) => void] {
  return [useSyncExternalStore(preference.subscribe, preference.get), preference.set];
}
