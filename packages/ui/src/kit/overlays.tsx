// A separate chunk, because it contains Radix: loaded when the pointer approaches a button that opens something.
import * as RadixMenu from '@radix-ui/react-menu';
import * as RadixPopover from '@radix-ui/react-popover';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Kbd } from './kbd.tsx';
import { ModalKeys } from './modal-keys.tsx';
import type { MenuItem } from './menu-item.ts';
import styles from './overlays.module.css';

interface ContentProps {
  readonly label: string;
  readonly anchor: HTMLButtonElement | null;
  readonly align: 'start' | 'center' | 'end';
  readonly onClose: () => void;
}

/** Distance from the button and from the edges of the window, px. */
const room = { sideOffset: 4, collisionPadding: 8 };

/** Everything is in a landmark, what is opened, too. */
const toLandmark = () => document.getElementById('content');

/** A click on the button that opened it is that button's to answer: it closes. */
const keepForTrigger =
  (anchor: ContentProps['anchor']) =>
  (event: { target: EventTarget | null; preventDefault(): void }) => {
    if (event.target instanceof Node && anchor?.contains(event.target)) event.preventDefault();
  };

const focusAgain = (anchor: ContentProps['anchor']) => (event: Event) => {
  event.preventDefault();
  anchor?.focus();
};

const closeWhenAsked = (onClose: () => void) => (isOpen: boolean) => {
  if (!isOpen) onClose();
};

/** Radix asks for what is there; the button is, for as long as what it opened. */
const toVirtual = (anchor: ContentProps['anchor']) => ({
  current: {
    getBoundingClientRect: () => anchor?.getBoundingClientRect() ?? new DOMRect(),
  },
});

export function PopoverContent({
  label,
  anchor,
  align,
  onClose,
  children,
}: ContentProps & { readonly children: ReactNode }) {
  return (
    <RadixPopover.Root open onOpenChange={closeWhenAsked(onClose)}>
      <RadixPopover.Anchor virtualRef={toVirtual(anchor)} />
      <RadixPopover.Portal container={toLandmark()}>
        <RadixPopover.Content
          {...room}
          align={align}
          className={styles.popover}
          aria-label={label}
          onInteractOutside={keepForTrigger(anchor)}
          onCloseAutoFocus={focusAgain(anchor)}
        >
          <ModalKeys title={label} />
          {children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  );
}

export function MenuContent({
  label,
  anchor,
  align,
  onClose,
  items,
}: ContentProps & { readonly items: readonly MenuItem[] }) {
  return (
    // Not modal: what locks the page writes a style element, which the policy refuses.
    <RadixMenu.Root open modal={false} onOpenChange={closeWhenAsked(onClose)}>
      <RadixMenu.Anchor virtualRef={toVirtual(anchor)} />
      <RadixMenu.Portal container={toLandmark()}>
        <RadixMenu.Content
          {...room}
          loop
          align={align}
          className={styles.menu}
          aria-label={label}
          onInteractOutside={keepForTrigger(anchor)}
          onCloseAutoFocus={focusAgain(anchor)}
        >
          <ModalKeys title={label} />
          {items.map((item, index) => (
            <Row key={index} item={item} />
          ))}
        </RadixMenu.Content>
      </RadixMenu.Portal>
    </RadixMenu.Root>
  );
}

function Row({ item }: { readonly item: MenuItem }) {
  if (item.kind === 'separator') return <RadixMenu.Separator className={styles.separator} />;
  if (item.kind === 'heading')
    return <RadixMenu.Label className={styles.heading}>{item.label}</RadixMenu.Label>;
  const { label, onSelect, icon, isChecked, isDisabled = false, look, keys } = item;
  const content = (
    <>
      <span className={styles.icon}>{icon}</span>
      <span className={styles.label}>{label}</span>
      {isChecked === true && <Check className={styles.check} aria-hidden />}
      {keys !== undefined && <Kbd keys={keys} />}
    </>
  );
  const props = {
    disabled: isDisabled,
    onSelect,
    className: classNames(styles.item, look && styles[look]),
  };
  return isChecked === undefined ? (
    <RadixMenu.Item {...props}>{content}</RadixMenu.Item>
  ) : (
    <RadixMenu.CheckboxItem {...props} checked={isChecked}>
      {content}
    </RadixMenu.CheckboxItem>
  );
}
