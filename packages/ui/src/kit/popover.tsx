import { Suspense, lazy } from 'react';
import type { ReactNode } from 'react';
import { loadOverlays, useOverlay } from './use-overlay.ts';
import type { TriggerProps } from './use-overlay.ts';

export interface PopoverProps {
  /** Name of what opens, for screen readers. */
  readonly label: string;
  /** The button that opens it; gets what it needs for that. */
  readonly trigger: (props: TriggerProps) => ReactNode;
  /** Its content; `close` ends it. */
  readonly children: (close: () => void) => ReactNode;
  readonly align?: 'start' | 'center' | 'end';
}

const PopoverContent = lazy(async () => ({ default: (await loadOverlays()).PopoverContent }));

/** Content beside a button, not modal; Esc and a click elsewhere close it. */
export function Popover({ label, trigger, children, align = 'start' }: PopoverProps) {
  const { isOpen, close, anchor, trigger: props } = useOverlay('dialog');
  return (
    <>
      {trigger(props)}
      {isOpen && (
        <Suspense>
          <PopoverContent label={label} anchor={anchor} align={align} onClose={close}>
            {children(close)}
          </PopoverContent>
        </Suspense>
      )}
    </>
  );
}
