import { ChevronDown, ChevronUp, Columns3, GripVertical, Plus, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '../kit/button.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { Popover } from '../kit/popover.tsx';
import { TextInput } from '../kit/text-input.tsx';
import { rankKeys } from '../query/suggestions.ts';
import { listText } from '../text/list.ts';
import styles from './column-chooser.module.css';
import { columnChoices, isBuiltIn, moveColumn } from '../list/column.ts';
import { columnName } from '../list/header-cell.tsx';
import { useDragOrder } from './use-drag-order.ts';
import type { ListSubject } from '../list/use-list-subject.ts';
import type { ListFields } from '../list/use-list-fields.ts';
import type { ListColumns } from '../list/use-list-columns.ts';

interface ColumnChooserProps {
  readonly list: ListSubject & ListFields & ListColumns;
}

/** Which columns there are, and in which order: drag, or move with the buttons. */
export const ColumnChooser = ({ list }: ColumnChooserProps) => (
  <Popover
    label={listText.columnsButton}
    align="end"
    trigger={(props) => (
      <Button {...props} look="quiet" icon={<Columns3 aria-hidden />}>
        {listText.columnsButton}
      </Button>
    )}
  >
    {() => (
      <div className={styles.panel}>
        <ShownColumns list={list} />
        <OtherColumns list={list} />
        {!list.areColumnsDefault && (
          <Button look="quiet" onClick={() => list.setColumnIds(null)}>
            {listText.resetColumns}
          </Button>
        )}
      </div>
    )}
  </Popover>
);

function ShownColumns({ list: { columnIds, setColumnIds } }: { readonly list: ListColumns }) {
  const rows = useRef<HTMLUListElement>(null);
  useDragOrder(rows, (id, place) => setColumnIds(moveColumn(columnIds, id, place), 'replace'));
  return (
    <section>
      <h2 className={styles.title}>{listText.shownColumns}</h2>
      <ul ref={rows}>
        {columnIds.map((id, index) => (
          <li key={id} className={styles.row} draggable data-drag={id}>
            <GripVertical className={styles.grip} aria-hidden />
            <span className={styles.name}>{columnName(id)}</span>
            <IconButton
              label={listText.moveUp(columnName(id))}
              icon={<ChevronUp />}
              disabled={index === 0}
              onClick={() => setColumnIds(moveColumn(columnIds, id, index - 1))}
            />
            <IconButton
              label={listText.moveDown(columnName(id))}
              icon={<ChevronDown />}
              disabled={index === columnIds.length - 1}
              onClick={() => setColumnIds(moveColumn(columnIds, id, index + 1))}
            />
            <IconButton
              label={listText.removeColumn(columnName(id))}
              icon={<X />}
              // The name is what leads to the session: it stays.
              disabled={id === 'name'}
              onClick={() => setColumnIds(columnIds.filter((one) => one !== id))}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OtherColumns({ list }: ColumnChooserProps) {
  const { columnIds, setColumnIds, kind, catalogue } = list;
  const [text, setText] = useState('');
  const wanted = text.toLowerCase();
  const builtIn = columnChoices(kind).filter((id) => columnName(id).toLowerCase().includes(wanted));
  const dotted = catalogue.fields.filter(({ path }) => path.includes('.') && !isBuiltIn(path));
  const others = [...builtIn, ...rankKeys(dotted, text).map(({ path }) => path)].filter(
    (id) => !columnIds.includes(id),
  );
  return (
    <section>
      <h2 className={styles.title}>{listText.otherColumns}</h2>
      <TextInput
        className={styles.find}
        type="search"
        aria-label={listText.findColumn}
        placeholder={listText.findColumn}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <ul className={styles.others}>
        {others.map((id) => (
          <li key={id}>
            <button
              type="button"
              className={styles.add}
              onClick={() => setColumnIds([...columnIds, id])}
            >
              <Plus aria-hidden />
              <span className={styles.name}>{columnName(id)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
