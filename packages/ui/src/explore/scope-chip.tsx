import { ChevronDown } from 'lucide-react';
import { ChipButton } from '../kit/chip.tsx';
import { Menu } from '../kit/menu.tsx';
import { queryText } from '../text/query.ts';
import type { ListQuery } from '../list/use-list-query.ts';

/** Whether the query targets the session itself or any event in it; the default follows from the keys. */
export const ScopeChip = ({ list: { target, setScopeChoice } }: { readonly list: ListQuery }) => (
  <Menu
    label={queryText.scope}
    trigger={(props) => (
      <ChipButton {...props} aria-label={`${queryText.scope}: ${queryText.scopes[target]}`}>
        {queryText.scopes[target]} <ChevronDown aria-hidden />
      </ChipButton>
    )}
    items={(['session', 'any_event'] as const).map((choice) => ({
      label: queryText.scopes[choice],
      isChecked: choice === target,
      onSelect: () => setScopeChoice(choice),
    }))}
  />
);
