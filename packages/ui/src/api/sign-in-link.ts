const pattern = /^#sign-in=([\w-]+)$/;

/** Whether the page was opened with a link that signs in. */
export const hasSignInCode = (): boolean => pattern.test(window.location.hash);

/** The code of a link that signs in once; taken out of the address, so that no history keeps it. null: it has none. */
export function takeSignInCode(): string | null {
  const { hash, pathname, search } = window.location;
  const [, code] = pattern.exec(hash) ?? [];
  if (code === undefined) return null;
  window.history.replaceState(window.history.state, '', pathname + search);
  return code;
}
