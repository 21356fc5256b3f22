import type { ComponentProps, MouseEvent } from 'react';
import type { Place } from '../state/place.ts';
import { goTo, hrefOf } from '../state/use-place.ts';
import buttonStyles from './button.module.css';
import { classNames } from './class-names.ts';

export interface PlaceLinkProps extends Omit<ComponentProps<'a'>, 'href'> {
  readonly to: Place;
  /** Without `?`. */
  readonly query?: string;
  /** Styled as a button, among buttons or as the only action. Default: like the surrounding text. */
  readonly look?: 'plain' | 'primary';
}

const isPlainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

/** A link to another screen; a real one, for new tabs and for its address. */
export function PlaceLink({ to, query = '', look, onClick, children, ...rest }: PlaceLinkProps) {
  return (
    <a
      {...rest}
      className={classNames(
        look && buttonStyles.button,
        look && buttonStyles[look],
        rest.className,
      )}
      href={hrefOf(to, query)}
      onClick={(event) => {
        onClick?.(event);
        if (event.defaultPrevented || !isPlainClick(event)) return;
        event.preventDefault();
        goTo(to, { query });
      }}
    >
      {children}
    </a>
  );
}
