import { ListFilter } from 'lucide-react';
import { writeClipboard } from '../kit/clipboard.ts';
import { classNames } from '../kit/class-names.ts';
import type { MenuItem } from '../kit/menu-item.ts';
import { Menu } from '../kit/menu.tsx';
import { listText } from '../text/list.ts';
import styles from './value-menu.module.css';

/** What can be done with a value on the screen. */
export interface ValueActions {
  /** null stands for no value. */
  readonly onFilter: (path: string, value: string | number | null, isNegated: boolean) => void;
  readonly onAddColumn: (path: string) => void;
  readonly hasColumn: (path: string) => boolean;
}

interface ValueMenuProps {
  readonly path: string;
  /** null: missing values, which can be filtered too. */
  readonly value: string | number | null;
  readonly actions: ValueActions;
  /** Position; by default in the flow. */
  readonly place?: { readonly insetBlockStart: number; readonly insetInlineStart: number };
}

/** The button at the end of a value: only these, without these, as a column, copy. */
export function ValueMenu({ path, value, actions, place }: ValueMenuProps) {
  return (
    <Menu
      label={listText.filterBy(path)}
      trigger={(props) => (
        <button
          {...props}
          type="button"
          tabIndex={place ? -1 : 0}
          data-value-menu
          className={classNames(styles.trigger, place && styles.placed)}
          style={place}
          aria-label={listText.filterBy(`${path}: ${value ?? listText.noValue}`)}
        >
          <ListFilter aria-hidden />
        </button>
      )}
      items={[
        { kind: 'heading', label: path },
        { label: listText.include, onSelect: () => actions.onFilter(path, value, false) },
        { label: listText.exclude, onSelect: () => actions.onFilter(path, value, true) },
        {
          label: listText.addColumn,
          isDisabled: actions.hasColumn(path),
          onSelect: () => actions.onAddColumn(path),
        },
        ...(value === null ? [] : copyItems(String(value))),
      ]}
    />
  );
}

const copyItems = (value: string): MenuItem[] => [
  { kind: 'separator' },
  { label: listText.copyValue, onSelect: () => void writeClipboard(value) },
];
