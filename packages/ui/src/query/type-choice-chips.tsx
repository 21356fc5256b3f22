import { ArrowLeftRight } from 'lucide-react';
import { ChipButton } from '../kit/chip.tsx';
import { queryText } from '../text/query.ts';
import styles from './query-bar.module.css';
import type { TypeChoice } from './type-choices.ts';

interface TypeChoiceChipsProps {
  readonly choices: readonly TypeChoice[];
  readonly onTurn: (choice: TypeChoice) => void;
}

/** How values are read that could be read otherwise; a press turns one round. */
export const TypeChoiceChips = ({ choices, onTurn }: TypeChoiceChipsProps) => (
  <div className={styles.types}>
    {choices.map((choice) => (
      <ChipButton
        key={`${choice.path} ${choice.edit.at.start}`}
        icon={<ArrowLeftRight aria-hidden />}
        title={queryText.readAs(queryText.types[choice.other])}
        onClick={() => onTurn(choice)}
      >
        {queryText.isReadAs(choice.path, queryText.types[choice.type])}
      </ChipButton>
    ))}
  </div>
);
