import { useHotkeys } from './hotkeys.ts';

/** Keeps keys from what is below. Comes first in what it is for: then the keys of its siblings are heard. */
export function ModalKeys({ title }: { readonly title: string }) {
  useHotkeys(title, [], { isModal: true });
  return null;
}
