import type { ComponentProps, MouseEvent } from 'react';
import type { Place } from '../state/place.ts';
import { goTo, hrefOf } from '../state/use-place.ts';

export interface PlaceLinkProps extends Omit<ComponentProps<'a'>, 'href'> {
  readonly to: Place;
  /** Without `?`. */
  readonly query?: string;
}

const isPlainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

/** A link to another screen; a real one, for new tabs and for its address. */
export function PlaceLink({ to, query = '', onClick, children, ...rest }: PlaceLinkProps) {
  return (
    <a
      {...rest}
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
