import { useHotkeys } from '../kit/hotkeys.ts';
import { sessionText } from '../text/session.ts';
import { toSessionKeys, type SessionActions } from './session-keys.ts';

/** Hears the keys of the session view while it is there. */
export function useSessionKeys(actions: SessionActions): void {
  useHotkeys(sessionText.keys, toSessionKeys(actions));
}
