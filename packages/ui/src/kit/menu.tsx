import { Suspense, lazy } from 'react';
import type { ReactNode } from 'react';
import type { MenuItem } from './menu-item.ts';
import { loadOverlays, useOverlay } from './use-overlay.ts';
import type { TriggerProps } from './use-overlay.ts';

export interface MenuProps {
  /** Name of the menu, for screen readers. */
  readonly label: string;
  readonly trigger: (props: TriggerProps) => ReactNode;
  readonly items: readonly MenuItem[];
  readonly align?: 'start' | 'center' | 'end';
}

const MenuContent = lazy(async () => ({ default: (await loadOverlays()).MenuContent }));

/** A button with a menu: arrows move, letters jump, Enter chooses, Esc closes. */
export function Menu({ label, trigger, items, align = 'start' }: MenuProps) {
  const { isOpen, close, anchor, trigger: props } = useOverlay('menu');
  return (
    <>
      {trigger(props)}
      {isOpen && (
        <Suspense>
          <MenuContent label={label} anchor={anchor} align={align} items={items} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
