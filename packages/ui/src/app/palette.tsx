import Fuzzy from '@leeoniya/ufuzzy';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CornerDownLeft } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { Dialog } from '../kit/dialog.tsx';
import { Kbd } from '../kit/kbd.tsx';
import { useDebounced } from '../query/use-debounced.ts';
import { paletteText } from '../text/palette.ts';
import type { Command } from './commands.ts';
import { typingMs } from './find-projects.ts';
import styles from './palette.module.css';

/** Commands that a text, which is not empty, means. */
export type FindCommands = (text: string, signal: AbortSignal) => Promise<readonly Command[]>;

export interface PaletteProps {
  readonly commands: readonly Command[];
  /** Commands that the text itself makes, such as opening what was pasted. */
  readonly fromText: (text: string) => readonly Command[];
  /** Commands from the service; null: only `commands`. */
  readonly findMore: FindCommands | null;
  readonly onClose: () => void;
}

const fuzzy = new Fuzzy({ intraMode: 1 });

/** The commands that a text means, best first; all of them, in their order, for none. */
function search(commands: readonly Command[], text: string): readonly Command[] {
  if (text.trim() === '') return commands;
  const names = commands.map(({ label, group }) => `${label} ${group}`);
  const [indexes, , order] = fuzzy.search(names, text, 1, 1000);
  const found = order && indexes ? order.map((place) => indexes[place]) : indexes;
  return (found ?? []).flatMap((index) => commands[index ?? -1] ?? []);
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

const none: readonly Command[] = [];

/** What the service knows of, but for what is there already. */
function useMore(
  findMore: FindCommands | null,
  text: string,
  known: readonly Command[],
): readonly Command[] {
  const asked = useDebounced(text.trim(), typingMs);
  const { data = none } = useQuery({
    queryKey: ['commands', asked],
    queryFn: ({ signal }) => findMore?.(asked, signal) ?? none,
    enabled: findMore !== null && asked !== '',
    placeholderData: keepPreviousData,
  });
  if (text.trim() === '' || data.length === 0) return none;
  const labels = new Set(known.map(({ label }) => label));
  return data.filter(({ label }) => !labels.has(label));
}

/** Everything that can be done here, by its name. Arrows choose, Enter does it. */
export function Palette({ commands, fromText, findMore, onClose }: PaletteProps) {
  const id = useId();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const known = [...fromText(text), ...search(commands, text)];
  const found = [...known, ...useMore(findMore, text, known)];
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    // After the dialog is gone and has given the focus back: the command may want it.
    requestAnimationFrame(() => command.run());
  };
  const choose = (index: number) => {
    setChosen(index);
    list.current?.children[index]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (event.key === 'Enter') run(found[chosen]);
    else if (step !== undefined) choose((chosen + step + found.length) % found.length);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={paletteText.title} size="bare" onClose={onClose}>
      <input
        className={styles.input}
        role="combobox"
        aria-label={paletteText.title}
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={found.length > 0 ? `${id}-${chosen}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={paletteText.placeholder}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={paletteText.title}
        className={styles.list}
      >
        {found.map((command, index) => (
          <Option
            key={`${command.group} ${command.label}`}
            id={`${id}-${index}`}
            command={command}
            isChosen={index === chosen}
            onChoose={() => setChosen(index)}
            onRun={() => run(command)}
          />
        ))}
      </div>
      {found.length === 0 && <p className={styles.nothing}>{paletteText.nothing}</p>}
      <p role="status" className="visually-hidden">
        {paletteText.results(found.length)}
      </p>
    </Dialog>
  );
}

interface OptionProps {
  readonly id: string;
  readonly command: Command;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly onRun: () => void;
}

const Option = ({ id, command, isChosen, onChoose, onRun }: OptionProps) => (
  // The input has the focus and hears the keys; the option is for the pointer.
  // The pattern of a combobox leaves the focus there. Source: ARIA practices, combobox.
  <div
    id={id}
    role="option"
    tabIndex={-1}
    aria-selected={isChosen}
    className={styles.option}
    onPointerMove={onChoose}
    onClick={onRun}
    onKeyDown={undefined}
  >
    <span className={styles.label}>{command.label}</span>
    <span className={styles.group}>{command.group}</span>
    {command.keys !== undefined && <Kbd keys={command.keys} />}
    {isChosen && command.keys === undefined && (
      <CornerDownLeft className={styles.enter} aria-hidden />
    )}
  </div>
);
