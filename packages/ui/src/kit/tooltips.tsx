import { useEffect, useRef, useState } from 'react';
import { placeBeside } from './place-beside.ts';
import styles from './tooltips.module.css';

interface Tip {
  readonly anchor: Element;
  readonly text: string;
  readonly hotkey: string | null;
}

const showAfterMs = 400;

function tipOf(target: EventTarget | null): Tip | null {
  const anchor = target instanceof Element ? target.closest('[data-tip]') : null;
  const text = anchor?.getAttribute('data-tip') ?? '';
  return anchor && text !== ''
    ? { anchor, text, hotkey: anchor.getAttribute('data-tip-key') }
    : null;
}

/**
 * One tooltip for the whole page: elements with `data-tip` get it on hover and on keyboard focus.
 *
 * It repeats what the element is called, or says more of it, so that nothing depends on it: rows of a
 * list can have hundreds at no cost. Esc takes it away.
 */
export function Tooltips() {
  const [tip, setTip] = useState<Tip | null>(null);
  useEffect(() => listenForTips(setTip), []);
  return tip === null ? null : <Bubble key={tip.text} tip={tip} />;
}

function Bubble({ tip }: { readonly tip: Tip }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const bubble = ref.current;
    if (bubble === null) return;
    bubble.showPopover();
    placeBeside(bubble, tip.anchor, { gap: 6 });
  }, [tip]);
  return (
    <div ref={ref} popover="manual" className={styles.tip} aria-hidden>
      {tip.text}
      {tip.hotkey !== null && <kbd className={styles.key}>{tip.hotkey}</kbd>}
    </div>
  );
}

function listenForTips(show: (tip: Tip | null) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hide = () => {
    clearTimeout(timer);
    show(null);
  };
  const showSoon = (tip: Tip | null, afterMs: number) => {
    clearTimeout(timer);
    if (tip === null) return show(null);
    timer = setTimeout(() => show(tip.anchor.isConnected ? tip : null), afterMs);
  };
  const controller = new AbortController();
  const options = { capture: true, passive: true, signal: controller.signal };
  document.addEventListener(
    'pointerover',
    (event) => {
      if (event.pointerType === 'mouse') showSoon(tipOf(event.target), showAfterMs);
    },
    options,
  );
  document.addEventListener(
    'focusin',
    ({ target }) => {
      const isByKeyboard = target instanceof Element && target.matches(':focus-visible');
      showSoon(isByKeyboard ? tipOf(target) : null, showAfterMs);
    },
    options,
  );
  for (const type of ['pointerdown', 'focusout', 'scroll', 'keydown'])
    document.addEventListener(type, hide, options);
  return () => {
    clearTimeout(timer);
    controller.abort();
  };
}
