import { Braces, Ellipsis, Maximize2 } from 'lucide-react';
import { writeClipboard } from '../../kit/clipboard.ts';
import { CopyButton } from '../../kit/copy-button.tsx';
import { IconButton } from '../../kit/icon-button.tsx';
import { Menu } from '../../kit/menu.tsx';
import type { MenuItem } from '../../kit/menu-item.ts';
import { showToast } from '../../kit/toasts.tsx';
import { kitText } from '../../text/kit.ts';
import { payloadText } from '../../text/payload.ts';
import { JsonKind, type JsonDocument } from '../json/json-document.ts';
import { pathOf, printPath, type JsonPath } from '../json/json-path.ts';
import { printJson } from '../json/json-print.ts';
import { holdsJson } from '../json/nested-json.ts';
import { useValueActions, type FilterPick, type ValueActions } from '../value-actions.ts';
import type { RowValue } from './json-row.ts';
import styles from './json-tree.module.css';
import type { TreeAction } from './tree-state.ts';

/** Strings that fit into a row need no dialog. */
const longInRow = 60;

export interface RowActionsProps {
  readonly document: JsonDocument;
  readonly index: number;
  readonly basePath: JsonPath;
  /** The value as its row shows it. */
  readonly value: RowValue;
  readonly dispatch: (action: TreeAction) => void;
  readonly onOpenString: (index: number) => void;
}

/** What can be done with the row that has the focus. */
export function RowActions({
  document,
  index,
  basePath,
  value,
  dispatch,
  onOpenString,
}: RowActionsProps) {
  const actions = useValueActions();
  const path = [...basePath, ...pathOf(document, index)];
  const isString = document.kindOf(index) === JsonKind.string;
  const copyValue = () => (isString ? document.stringOf(index) : printJson(document, index));
  return (
    <span className={styles.actions}>
      {holdsJson(document, index) && (
        <IconButton
          label={payloadText.parse}
          icon={<Braces />}
          onClick={() => dispatch({ kind: 'parse', index })}
        />
      )}
      {isString && (value.isCut || value.text.length > longInRow || value.text.includes('\n')) && (
        <IconButton
          label={payloadText.openString(document.rawLengthOf(index))}
          icon={<Maximize2 />}
          hotkey="Enter"
          onClick={() => onOpenString(index)}
        />
      )}
      <CopyButton label={payloadText.copyValue} text={copyValue} />
      <Menu
        label={payloadText.more}
        align="end"
        trigger={(props) => <IconButton label={payloadText.more} icon={<Ellipsis />} {...props} />}
        items={[
          { label: payloadText.copyPath, onSelect: () => copy(printPath(path)) },
          ...toFilterItems(actions, {
            path,
            value: document.isContainer(index) ? null : document.sourceOf(index),
          }),
        ]}
      />
    </span>
  );
}

const copy = (text: string) => {
  writeClipboard(text).then(
    () => showToast({ text: kitText.copied }),
    () => showToast({ text: kitText.failed }),
  );
};

/** Long texts are no value to filter by; a filter takes what a person could type. */
const longestFilterValue = 256;

/** Rows of a menu that filter by a value; none where nothing can be filtered. */
function toFilterItems(
  { onFilter, onColumn }: ValueActions,
  { path, value }: Pick<FilterPick, 'path' | 'value'>,
): MenuItem[] {
  // Filters name fields, not places in a list.
  if (path.some((step) => typeof step === 'number')) return [];
  const items: MenuItem[] = [];
  if (onFilter && value !== null && value.length <= longestFilterValue) {
    items.push(
      {
        label: payloadText.filterBy,
        onSelect: () => onFilter({ path, value, isNegated: false }),
      },
      { label: payloadText.filterOut, onSelect: () => onFilter({ path, value, isNegated: true }) },
    );
  }
  if (onColumn) items.push({ label: payloadText.addColumn, onSelect: () => onColumn(path) });
  return items.length === 0 ? [] : [{ kind: 'separator' }, ...items];
}
