/** Where to put an overlay. */
export interface BesideOptions {
  /** Between the two, px. Default 4. */
  readonly gap?: number;
}

/** Puts a fixed element below another, above it when there is no room, and inside the window in any case. */
export function placeBeside(
  element: HTMLElement,
  anchor: Element,
  { gap = 4 }: BesideOptions = {},
): void {
  const from = anchor.getBoundingClientRect();
  const { width, height } = element.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const below = from.bottom + gap;
  const top = below + height <= clientHeight ? below : Math.max(gap, from.top - gap - height);
  const middle = from.left + from.width / 2 - width / 2;
  const left = Math.min(Math.max(gap, middle), Math.max(gap, clientWidth - width - gap));
  element.style.top = `${top}px`;
  element.style.left = `${left}px`;
}
