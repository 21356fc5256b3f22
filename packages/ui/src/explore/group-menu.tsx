import { Group } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../kit/button.tsx';
import { Popover } from '../kit/popover.tsx';
import { TextInput } from '../kit/text-input.tsx';
import { rankKeys } from '../query/suggestions.ts';
import { listText } from '../text/list.ts';
import styles from './column-chooser.module.css';
import type { ListSubject } from '../list/use-list-subject.ts';
import type { ListFields } from '../list/use-list-fields.ts';

interface GroupMenuProps {
  readonly list: ListSubject & ListFields;
  /** null: the rows are not grouped. */
  readonly path: string | null;
  readonly onChange: (path: string | null) => void;
}

/** Chooses the key that rows are grouped by. */
export const GroupMenu = ({ list, path, onChange }: GroupMenuProps) => (
  <Popover
    label={listText.groupBy}
    align="end"
    trigger={(props) => (
      <Button {...props} look="quiet" icon={<Group aria-hidden />}>
        {path === null ? listText.groupBy : listText.groupedBy(path)}
      </Button>
    )}
  >
    {(close) => (
      <KeyList
        list={list}
        path={path}
        onChange={(next) => {
          onChange(next);
          close();
        }}
      />
    )}
  </Popover>
);

function KeyList({ list: { catalogue }, path, onChange }: GroupMenuProps) {
  const [text, setText] = useState('');
  const keys = rankKeys(
    catalogue.fields.filter(({ types }) => !types.includes('datetime')),
    text,
  );
  return (
    <div className={styles.panel}>
      <TextInput
        className={styles.find}
        type="search"
        aria-label={listText.findColumn}
        placeholder={listText.findColumn}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <ul className={styles.others}>
        {path !== null && (
          <li>
            <button type="button" className={styles.add} onClick={() => onChange(null)}>
              <span className={styles.name}>{listText.noGrouping}</span>
            </button>
          </li>
        )}
        {keys.map((field) => (
          <li key={field.path}>
            <button
              type="button"
              className={styles.add}
              aria-pressed={field.path === path}
              onClick={() => onChange(field.path)}
            >
              <code className={styles.name}>{field.path}</code>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
