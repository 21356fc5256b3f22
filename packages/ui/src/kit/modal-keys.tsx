import { useHotkeys } from './hotkeys.ts';

/**
 * Blocks the keys of everything below. Rendered first in its parent, so that the keys of its siblings take precedence.
 */
export function ModalKeys({ title }: { readonly title: string }) {
  useHotkeys(title, [], { isModal: true });
  return null;
}
