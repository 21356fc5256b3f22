import { useState } from 'react';

/** For the button that opens an overlay. */
export interface TriggerProps {
  readonly ref: (button: HTMLButtonElement | null) => void;
  readonly onClick: () => void;
  readonly onPointerEnter: () => void;
  readonly 'aria-haspopup': 'dialog' | 'menu';
  readonly 'aria-expanded': boolean;
}

/** An overlay beside a button. */
export interface Overlay {
  readonly isOpen: boolean;
  readonly close: () => void;
  /** The button. */
  readonly anchor: HTMLButtonElement | null;
  readonly trigger: TriggerProps;
}

export const loadOverlays = () => import('./overlays.tsx');

/** What opens and closes an overlay. Its code comes when the pointer reaches the button. */
export function useOverlay(kind: TriggerProps['aria-haspopup']): Overlay {
  const [isOpen, setOpen] = useState(false);
  const [anchor, setAnchor] = useState<HTMLButtonElement | null>(null);
  return {
    isOpen,
    close: () => setOpen(false),
    anchor,
    trigger: {
      ref: setAnchor,
      onClick: () => setOpen(!isOpen),
      onPointerEnter: () => void loadOverlays(),
      'aria-haspopup': kind,
      'aria-expanded': isOpen,
    },
  };
}
